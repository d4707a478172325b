using System.Collections.Concurrent;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Runtimes.Upstream;

/// <summary>
/// The requests of a server that wait for an answer, a bounded number. Pings are answered here. Thread-safe.
/// </summary>
internal sealed class UpstreamQuestions(
    IUpstreamExchange others, int questionsMax, Func<JsonRpcId, McpReply, ValueTask> answer, CancellationToken life)
{
    private static readonly McpReply TooMany = McpReply.Error(
        JsonRpcWriter.Error(McpErrorCodes.InternalError, "Too many requests of the server wait for an answer."));

    private readonly ConcurrentDictionary<string, CancellationTokenSource> _open = new(StringComparer.Ordinal);

    /// <summary>Takes a request that belongs to no request of ours.</summary>
    public void Take(JsonRpcId id, InputRequest question) => Take(id, question, others);

    /// <summary>
    /// Takes a request that belongs to an exchange; the exchange has it before anything else is read.
    /// </summary>
    public void Take(JsonRpcId id, InputRequest question, IUpstreamExchange exchange) =>
        _ = TakeAsync(id, question, exchange);

    /// <summary>The server wants no answer any more.</summary>
    public void Withdraw(JsonRpcId id)
    {
        if (id.Token is { } token && _open.TryGetValue(token, out var asked))
        {
            _ = asked.CancelAsync();
        }
    }

    private async Task TakeAsync(JsonRpcId id, InputRequest question, IUpstreamExchange exchange)
    {
        if (question.Method == McpMethods.Ping)
        {
            await answer(id, McpReply.Result("{}"u8.ToArray()));
            return;
        }

        // Not disposed: a withdrawal may come as the answer does, and nothing in it needs it.
        var asked = CancellationTokenSource.CreateLinkedTokenSource(life);
        if (_open.Count >= questionsMax || !_open.TryAdd(id.Token!, asked))
        {
            await answer(id, TooMany);
            return;
        }

        try
        {
            var reply = await exchange.AskedAsync(question, asked.Token);
            if (!asked.IsCancellationRequested)
            {
                await answer(id, reply);
            }
        }
        catch (OperationCanceledException) when (asked.IsCancellationRequested)
        {
            // Who asked wants no answer any more.
        }
        finally
        {
            _open.TryRemove(id.Token!, out _);
        }
    }
}
