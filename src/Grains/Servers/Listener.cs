using System.Text.Json.Nodes;
using System.Threading.Channels;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Servers;

/// <summary>
/// One open <c>subscriptions/listen</c>: what it is told carries its subscription id, the id of its request.
/// </summary>
internal sealed class Listener(PrincipalId principal, JsonRpcId requestId, ListenFilter filter, int framesMax)
{
    private readonly Channel<McpFrame> _frames = Channel.CreateBounded<McpFrame>(
        new BoundedChannelOptions(framesMax) { SingleReader = true });

    public PrincipalId Principal { get; } = principal;

    public ListenFilter Filter { get; } = filter;

    public ChannelReader<McpFrame> Frames => _frames.Reader;

    /// <summary>The first message: what of the filter is honoured.</summary>
    public void Acknowledge() => Tell(new McpFrame
    {
        Kind = McpFrameKind.Notification,
        Method = McpMethods.SubscriptionsAcknowledged,
        Body = RawJson.Write(new JsonObject { ["notifications"] = Filter.ToJson() }),
    });

    /// <summary>Sends a notification; false when the listener is too slow and was cut off.</summary>
    public bool Tell(McpFrame frame)
    {
        var parameters = RawJson.Parse(frame.Body) ?? [];
        Stamp(parameters);
        var sent = _frames.Writer.TryWrite(frame with { Body = RawJson.Write(parameters) });
        if (!sent)
        {
            _frames.Writer.TryComplete();
        }

        return sent;
    }

    /// <summary>
    /// Ends it on the server's part, by the result of its request (2026-07-28 subscriptions, graceful closure).
    /// </summary>
    public void End(ResultShape? shape)
    {
        var result = new JsonObject();
        Stamp(result);
        var reply = McpReply.Result(RawJson.Write(result));
        _frames.Writer.TryWrite(new McpFrame
        {
            Kind = McpFrameKind.Result,
            Body = (shape?.Stamp(McpMethods.SubscriptionsListen, reply, out _) ?? reply).Body,
        });
        _frames.Writer.TryComplete();
    }

    private void Stamp(JsonObject message)
    {
        if (message["_meta"] is not JsonObject meta)
        {
            message["_meta"] = meta = [];
        }

        meta[McpMetaKeys.SubscriptionId] = JsonNode.Parse(requestId.Token ?? "null");
    }
}
