namespace Smcp.Hosting;

/// <summary>
/// A piece of durable state of one server instance; inject it by constructor. It is loaded before the instance's first
/// call. Thread-safe.
/// </summary>
/// <typeparam name="T">
/// An immutable record that System.Text.Json can write and read (web defaults), whose parameterless constructor gives
/// its initial value.
/// Its full name names the stored row: see <see cref="ServerStateAttribute"/> to keep a row when the type is renamed.
/// </typeparam>
public interface IServerState<T>
    where T : class, new()
{
    /// <summary>The last durable value.</summary>
    T Value { get; }

    /// <summary>How often it was written; 0 where it never was. Writes are fenced by it.</summary>
    long Version { get; }

    /// <summary>
    /// Replaces the value by what <paramref name="change"/> makes of it, and returns that once it is durable. Changes
    /// are made one after
    /// another, each on the outcome of the one before; those that arrive while a write is under way share the next.
    /// When it throws, nothing of the change is acknowledged: after a storage failure it may or may not have been
    /// written.
    /// The token withdraws the change only until its write begins.
    /// </summary>
    Task<T> UpdateAsync(Func<T, T> change, CancellationToken cancellationToken = default);
}
