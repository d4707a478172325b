using System.ComponentModel;
using ModelContextProtocol.Server;
using Smcp.Hosting;

namespace Smcp.Samples.Counter;

/// <summary>
/// Durable state: an increment that was answered has survived whatever happens next. MCP gives a call no identity, so a
/// client that must
/// know what became of one gives it an id, which is stored in the same write as its effect.
/// </summary>
[McpServer("counter", Description = "Counts, durably.")]
[McpServerToolType]
public sealed class CounterServer(IServerState<CounterState> state)
{
    private const int OperationsMax = 10_000;

    [McpServerTool(Name = "increment", Destructive = false, OpenWorld = false)]
    [Description("Adds one, and returns the new count.")]
    public async Task<string> IncrementAsync(
        [Description("Names this operation, to find it in the history. At most 128 characters.")]
        string? operationId = null,
        CancellationToken cancellationToken = default)
    {
        var counted = await state.UpdateAsync(current => Incremented(current, operationId), cancellationToken);
        return counted.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    [McpServerTool(Name = "read", ReadOnly = true, OpenWorld = false), Description("Returns the count.")]
    public long Read() => state.Value.Count;

    [McpServerTool(Name = "history", ReadOnly = true, OpenWorld = false, UseStructuredContent = true)]
    [Description(
        "Returns the count and the ids of the operations that took effect, oldest first, each as often as it did.")]
    public CounterState History() => state.Value;

    private static CounterState Incremented(CounterState current, string? operationId)
    {
        if (operationId is null)
        {
            return current with { Count = current.Count + 1 };
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(operationId.Length, 128, nameof(operationId));
        return new CounterState
        {
            Count = current.Count + 1,
            Operations = [.. current.Operations.TakeLast(OperationsMax - 1), operationId],
        };
    }
}
