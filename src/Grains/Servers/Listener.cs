using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes;

namespace Smcp.Servers;

/// <summary>
/// One open <c>subscriptions/listen</c>: what it is told carries its subscription id, the id of its request.
/// </summary>
internal sealed class Listener(PrincipalId principal, JsonRpcId requestId, ListenFilter filter, int notificationsMax)
{
    private readonly NotificationQueue _waiting = new(notificationsMax);
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    private McpFrame? _result;

    public PrincipalId Principal { get; } = principal;

    public ListenFilter Filter { get; } = filter;

    /// <summary>Where its server elsewhere listens for it; null where there is none.</summary>
    public IRuntimeWatch? Watch { get; set; }

    /// <summary>What it is told, until it is ended or cut off.</summary>
    public async IAsyncEnumerable<McpFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _bell.Reader.WaitToReadAsync(cancellationToken))
        {
            _bell.Reader.TryRead(out _);
            while (_waiting.TryTake(out var frame))
            {
                yield return Stamped(frame);
            }
        }

        if (_result is not null)
        {
            yield return _result;
        }
    }

    /// <summary>The first message: what of the filter is honoured.</summary>
    public void Acknowledge() => Tell(null, new McpFrame
    {
        Kind = McpFrameKind.Notification,
        Method = McpMethods.SubscriptionsAcknowledged,
        Body = RawJson.Write(new JsonObject { ["notifications"] = Filter.ToJson() }),
    });

    /// <summary>Tells it of a change, where it asked for that.</summary>
    public void Tell(ChangeNotice notice, McpFrame frame)
    {
        if (notice.IsOfAnyResource)
        {
            foreach (var uri in Filter.Resources)
            {
                Tell(notice with { Uri = uri }, ChangeNotice.OfResource(uri));
            }
        }
        else if (Filter.Wants(notice.Method, notice.Uri))
        {
            Tell((ChangeNotice?)notice, frame);
        }
    }

    /// <summary>Sends a notification that is no change notice; false when it was too slow and is cut off.</summary>
    public bool Tell(McpFrame frame) => Tell(null, frame);

    /// <summary>
    /// Ends it on the server's part, by the result of its request (2026-07-28 subscriptions, graceful closure).
    /// </summary>
    public void End(ResultShape? shape)
    {
        var result = new JsonObject();
        Stamp(result);
        var reply = McpReply.Result(RawJson.Write(result));
        _result = new McpFrame
        {
            Kind = McpFrameKind.Result,
            Body = (shape?.Stamp(McpMethods.SubscriptionsListen, reply, out _) ?? reply).Body,
        };
        _bell.Writer.TryComplete();
    }

    private bool Tell(ChangeNotice? notice, McpFrame frame)
    {
        var taken = _waiting.TryAdd(notice, frame);
        if (taken)
        {
            _bell.Writer.TryWrite(true);
        }
        else
        {
            _bell.Writer.TryComplete();
        }

        return taken;
    }

    private McpFrame Stamped(McpFrame frame)
    {
        var parameters = RawJson.Parse(frame.Body) ?? [];
        Stamp(parameters);
        return frame with { Body = RawJson.Write(parameters) };
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
