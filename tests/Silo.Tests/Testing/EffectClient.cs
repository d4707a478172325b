using System.Globalization;
using Smcp.EndToEnd.Crash;

namespace Smcp.Testing;

/// <summary>A session whose every request has one numbered effect.</summary>
internal sealed class EffectClient(
    string name, string server, FaultBalancer balancer, RequestLog log, string key, EffectHistory effects)
    : FaultClient(name, server, balancer, log, key)
{
    /// <summary>Said of a request that certainly did not run: it may be sent again as it is.</summary>
    private const string NothingRan = "nothing was run";

    private int _operations;
    private string? _again;

    /// <summary>The counter remembers its latest 10,000 operations: a round stays below.</summary>
    protected override TimeSpan Pause => TimeSpan.FromSeconds(1);

    /// <summary>The ids of the operations that took effect, in their order.</summary>
    public async Task<IReadOnlyList<string>> HistoryAsync(CancellationToken cancellationToken)
    {
        var answer = await Wire.RequestAsync(
            Endpoint, "tools/call", """{"name":"history","arguments":{}}""", cancellationToken);
        var state = answer.Message!["result"]!["structuredContent"]!;
        var operations = state["operations"]!.AsArray().Select(o => o!.GetValue<string>()).ToList();
        if (state["count"]!.GetValue<long>() != operations.Count)
        {
            Log.NoteBroken($"the count is {state["count"]}, and there are {operations.Count} operations");
        }

        return operations;
    }

    protected override async Task WorkOnceAsync(CancellationToken stop)
    {
        var operation = _again ?? string.Create(CultureInfo.InvariantCulture, $"{Name}-{_operations++}");
        if (_again is null)
        {
            effects.Begin(operation);
        }

        var problem = await ExchangeAsync(async late =>
        {
            var answer = await Wire.RequestAsync(
                Endpoint,
                "tools/call",
                $$$"""{"name":"increment","arguments":{"operationId":"{{{operation}}}"}}""",
                late);
            return ProblemOf(answer.Message!);
        });
        _again = problem?.Contains(NothingRan, StringComparison.Ordinal) == true ? operation : null;
        if (problem is null)
        {
            effects.Acknowledge(operation);
        }
    }
}
