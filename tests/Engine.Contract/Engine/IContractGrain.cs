namespace Smcp.Engine;

/// <summary>The grain that the contract is seen by; each method shows one side of an engine.</summary>
[Grain("contract")]
public interface IContractGrain
{
    /// <summary>Names the activation.</summary>
    Task<string> ActivationAsync(CancellationToken cancellationToken);

    /// <summary>The same, beside whatever runs.</summary>
    [Interleaves]
    ValueTask<string> PeekAsync(CancellationToken cancellationToken);

    /// <summary>Sends a message and gets it back.</summary>
    Task<ContractMessage?> EchoAsync(ContractMessage? message, CancellationToken cancellationToken);

    /// <summary>Says that it entered the gate, then waits for it to open, or for its token.</summary>
    Task HoldAsync(string gate, CancellationToken cancellationToken);

    /// <summary>The same, interleaving.</summary>
    [Interleaves]
    Task HoldInterleavedAsync(string gate, CancellationToken cancellationToken);

    /// <summary>Calls the other grain, which calls this one back.</summary>
    Task CycleAsync(string other, CancellationToken cancellationToken);

    /// <summary>Calls a grain's <see cref="ActivationAsync"/>.</summary>
    Task<string> VisitAsync(string other, CancellationToken cancellationToken);

    /// <summary>
    /// Runs pieces between awaits and returns how often one found another running or left the scheduler.
    /// </summary>
    [Interleaves]
    Task<int> CountOverlapsAsync(int pieces, CancellationToken cancellationToken);

    /// <summary>Throws.</summary>
    ValueTask FailAsync(string message, CancellationToken cancellationToken);

    /// <summary>What the grain sees of the caller's ambient value.</summary>
    ValueTask<string?> AmbientAsync(CancellationToken cancellationToken);

    /// <summary>What the grain sees of the caller's trace.</summary>
    ValueTask<string?> TraceAsync(CancellationToken cancellationToken);

    /// <summary>The state's value, and what it was when the grain was told of its activation.</summary>
    Task<ContractMessage> ReadAsync(CancellationToken cancellationToken);

    Task WriteAsync(int value, CancellationToken cancellationToken);

    /// <summary>Writes the numbers up to a value, none awaited before the next is begun.</summary>
    Task WriteManyAsync(int value, CancellationToken cancellationToken);

    Task ClearAsync(CancellationToken cancellationToken);

    /// <summary>Asks for the activation's end, then waits at the gate.</summary>
    Task EndAsync(string? gate, CancellationToken cancellationToken);

    Task DelayAsync(TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Sets a timer whose ticks are seen as its name.</summary>
    Task StartTimerAsync(string name, TimeSpan dueTime, TimeSpan period, CancellationToken cancellationToken);

    Task StopTimerAsync(CancellationToken cancellationToken);

    Task RemindAsync(string name, TimeSpan dueTime, TimeSpan period, CancellationToken cancellationToken);

    /// <summary>Numbers from 0; at each it may wait for a gate, and its end is seen as the name.</summary>
    IAsyncEnumerable<int> CountAsync(string name, int count, bool isGated, CancellationToken cancellationToken);

    Task PublishAsync(string stream, string text, CancellationToken cancellationToken);
}
