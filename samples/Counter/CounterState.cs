using Smcp.Hosting;

namespace Smcp.Samples.Counter;

/// <summary>
/// The counter's one row: the number, and beside it the ids of the operations that made it what it is.
/// </summary>
[ServerState("counter")]
public sealed record CounterState
{
    public long Count { get; init; }

    /// <summary>
    /// The ids given to <c>increment</c>, oldest first, one for each time it took effect. The latest 10,000 are kept.
    /// </summary>
    public IReadOnlyList<string> Operations { get; init; } = [];
}
