namespace Smcp.Engine;

/// <summary>
/// One piece of a grain's durable state. Only <see cref="WriteAsync"/> makes <see cref="Value"/> durable. Writes are
/// fenced by version.
/// </summary>
public interface IGrainState<TState>
    where TState : class, new()
{
    /// <summary>The state as last read or written, or set since.</summary>
    TState Value { get; set; }

    /// <summary>Whether it stands in storage.</summary>
    bool Exists { get; }

    /// <summary>
    /// Stores <see cref="Value"/>, as it is at the call; when this returns it is durable. Calls of one activation are
    /// serialized in the order made.
    /// </summary>
    /// <exception cref="Smcp.Storage.StateConflictException">
    /// Another activation wrote: this one is stale. Let it escape: the engine then ends the activation.
    /// </exception>
    ValueTask WriteAsync(CancellationToken cancellationToken);

    /// <summary>Removes it from storage and resets <see cref="Value"/>. Fenced likewise.</summary>
    ValueTask ClearAsync(CancellationToken cancellationToken);
}
