using System.Globalization;
using Smcp.Protocol;

namespace Smcp.Runtimes.Upstream.Http;

/// <summary>Takes the messages of a body or of an event: one, or an array of them (2025-03-26).</summary>
internal sealed class HttpInbox(UpstreamQuestions questions, UpstreamRuntimeOptions options)
{
    private const int BatchMax = 256;

    /// <summary>The answer to a request, if it is among them; the others are handed on.</summary>
    public async ValueTask<UpstreamAnswer?> TakeAsync(
        ReadOnlyMemory<byte> bytes, long request, IUpstreamExchange exchange)
    {
        var limits = new JsonRpcLimits(options.DepthMax, BatchMax);
        if (!JsonRpcReader.IsBatch(bytes.Span))
        {
            var fault = JsonRpcReader.Read(bytes.Span, limits, out var message);
            return fault is null
                ? await TakeAsync(message, bytes, request, exchange)
                : IsFor(fault.Id, request) ? UpstreamAnswer.Of(UpstreamJson.BadAnswer) : null;
        }

        UpstreamAnswer? answer = null;
        if (JsonRpcReader.ReadBatch(bytes.Span, limits, out var messages) is null)
        {
            foreach (var message in messages)
            {
                answer = await TakeAsync(message, bytes, request, exchange) ?? answer;
            }
        }

        return answer;
    }

    private async ValueTask<UpstreamAnswer?> TakeAsync(
        JsonRpcMessage message, ReadOnlyMemory<byte> bytes, long request, IUpstreamExchange exchange)
    {
        switch (message.Kind)
        {
            case JsonRpcKind.Response:
                return IsFor(message.Id, request) ? UpstreamAnswer.Of(UpstreamJson.Reply(message, bytes)) : null;
            case JsonRpcKind.Request:
                questions.Take(
                    message.Id, new InputRequest(message.Method, UpstreamJson.Params(message, bytes)), exchange);
                return null;
            case JsonRpcKind.Notification when message.Method == McpMethods.Cancelled:
                questions.Withdraw(UpstreamJson.CancelledId(UpstreamJson.Params(message, bytes)));
                return null;
            default:
                await exchange.NotifiedAsync(UpstreamJson.Notification(message, bytes));
                return null;
        }
    }

    private static bool IsFor(JsonRpcId id, long request) =>
        long.TryParse(id.Token, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number == request;
}
