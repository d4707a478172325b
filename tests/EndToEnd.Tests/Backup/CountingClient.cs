using System.Text.Json.Nodes;
using Smcp.EndToEnd.Crash;
using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Backup;

/// <summary>A client that asks for effects, one after the other, and can ask which the server has.</summary>
internal sealed class CountingClient(string name, EffectHistory effects, string? key = null) : IDisposable
{
    private readonly McpWire _wire = new(key);
    private int _operations;

    public Task OpenAsync(Standalone smcp, CancellationToken cancellationToken) =>
        _wire.OpenAsync(smcp.Endpoint("counter"), cancellationToken);

    public async Task WorkAsync(Standalone smcp, int operations, CancellationToken cancellationToken)
    {
        for (var done = 0; done < operations; done++)
        {
            var operation = $"{name}-{_operations++}";
            effects.Begin(operation);
            var answer = await _wire.RequestAsync(
                smcp.Endpoint("counter"),
                "tools/call",
                $$$"""{"name":"increment","arguments":{"operationId":"{{{operation}}}"}}""",
                cancellationToken);
            if (answer.Message!["result"] is JsonObject result && result["isError"]?.GetValue<bool>() != true)
            {
                effects.Acknowledge(operation);
            }
        }
    }

    /// <summary>The ids of the operations that took effect, as the server has them.</summary>
    public async Task<IReadOnlyList<string>> HistoryAsync(Standalone smcp, CancellationToken cancellationToken)
    {
        var answer = await _wire.RequestAsync(
            smcp.Endpoint("counter"), "tools/call", """{"name":"history","arguments":{}}""", cancellationToken);
        var operations = answer.Message!["result"]!["structuredContent"]!["operations"]!.AsArray();
        return [.. operations.Select(operation => operation!.GetValue<string>())];
    }

    public void Dispose() => _wire.Dispose();
}
