using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Runtimes.Upstream;

/// <summary>
/// The requests of a server that wait for an answer, a bounded number. Pings are answered here. A server may send
/// without taking what it is sent, so answers that need nobody (to pings, and refusals) are bounded too. Thread-safe.
/// </summary>
internal sealed class UpstreamQuestions(
    IUpstreamExchange others, int questionsMax, Func<JsonRpcId, McpReply, ValueTask> answer, CancellationToken life)
{
    private static readonly McpReply Pong = McpReply.Result("{}"u8.ToArray());

    private static readonly McpReply TooMany = McpReply.Error(
        JsonRpcWriter.Error(McpErrorCodes.InternalError, "Too many requests of the server wait for an answer."));

    private readonly Lock _gate = new();
    private readonly Dictionary<string, CancellationTokenSource> _open = new(StringComparer.Ordinal);
    private int _replying;

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
        lock (_gate)
        {
            // What is open is not disposed yet.
            if (id.Token is { } token && _open.TryGetValue(token, out var asked))
            {
                _ = asked.CancelAsync();
            }
        }
    }

    private async Task TakeAsync(JsonRpcId id, InputRequest question, IUpstreamExchange exchange)
    {
        if (question.Method == McpMethods.Ping)
        {
            await ReplyAsync(id, Pong);
            return;
        }

        using var asked = Open(id.Token!);
        if (asked is null)
        {
            await ReplyAsync(id, TooMany);
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
            lock (_gate)
            {
                _open.Remove(id.Token!);
            }
        }
    }

    /// <summary>A place for a question; null where there is none, or another of that id has it.</summary>
    private CancellationTokenSource? Open(string token)
    {
        lock (_gate)
        {
            return _open.Count >= questionsMax || _open.ContainsKey(token)
                ? null
                : _open[token] = CancellationTokenSource.CreateLinkedTokenSource(life);
        }
    }

    /// <summary>
    /// Answers, or does not, where as many answers wait already for a server that does not take them.
    /// </summary>
    private async ValueTask ReplyAsync(JsonRpcId id, McpReply reply)
    {
        try
        {
            if (Interlocked.Increment(ref _replying) <= questionsMax)
            {
                await answer(id, reply);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _replying);
        }
    }
}
