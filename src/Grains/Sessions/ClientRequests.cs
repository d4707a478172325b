using System.Text.Json;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Security.Access;

namespace Smcp.Sessions;

/// <summary>
/// The requests that a session answers, or commits, itself: what it would have to tell a fresh runtime again.
/// </summary>
internal sealed class ClientRequests(SessionData data, PeerLink peer)
{
    private static readonly McpOutcome Done = McpOutcome.Answered(McpReply.Result("{}"u8.ToArray()));

    public static McpOutcome Ping() => Done;

    /// <summary>Commits the level. Null: the server may be told; otherwise why not.</summary>
    public async ValueTask<McpOutcome?> SetLogLevelAsync(McpCall call)
    {
        if (!data.Terms.ServerLogs)
        {
            return McpOutcome.Refused(FaultReason.MethodNotFound, "The server does not declare logging.");
        }

        var level = ReadString(call.Params, "level"u8);
        if (!McpLogLevel.TryRank(level, out _))
        {
            return McpOutcome.Refused(FaultReason.InvalidParams, "The log level is not one of the protocol's.");
        }

        if (level != data.State.LogLevel)
        {
            data.State = data.State with { LogLevel = level };
            await data.CommitAsync();
        }

        return null;
    }

    /// <summary>Adds or removes a subscription, durably, and tells the instance.</summary>
    public async ValueTask<McpOutcome> SubscribeAsync(CallContext context, McpCall call)
    {
        if (!data.Terms.ServerTakesSubscriptions)
        {
            return McpOutcome.Refused(FaultReason.MethodNotFound, "The server does not take subscriptions.");
        }

        var uri = ReadString(call.Params, "uri"u8);
        if (string.IsNullOrEmpty(uri) || uri.Length > data.Options.SubscriptionUriLengthMax)
        {
            return McpOutcome.Refused(
                FaultReason.InvalidParams, "A subscription needs the resource's uri, of bounded length.");
        }

        if (AccessRules.Use(context, data.Key.Server, Permissions.Resource, uri, McpScopes.Read)
            is { IsAllowed: false } denied)
        {
            return McpOutcome.Refused(denied.Fault!);
        }

        var held = data.State.Subscriptions;
        var wanted = call.Method == McpMethods.ResourcesSubscribe;
        if (held.Contains(uri) == wanted)
        {
            return Done;
        }

        if (wanted && held.Count >= data.Options.SubscriptionsMax)
        {
            return McpOutcome.Refused(FaultReason.LimitExceeded, "The session has too many subscriptions.");
        }

        IReadOnlyList<string> next = wanted ? [.. held, uri] : [.. held.Where(other => other != uri)];
        data.State = data.State with { Subscriptions = next };
        await data.CommitAsync();
        await peer.TryAsync(instance =>
            instance.SubscribeAsync(context, data.Name, data.State.Subscriptions, CancellationToken.None));
        return Done;
    }

    /// <summary>The string of a name in an object; null where there is none.</summary>
    public static string? ReadString(ReadOnlyMemory<byte> json, ReadOnlySpan<byte> name)
    {
        if (json.IsEmpty)
        {
            return null;
        }

        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty(name, out var value)
            ? value.Text()
            : null;
    }

    /// <summary>The request that a <c>notifications/cancelled</c> names: its id as it stood on the wire.</summary>
    public static JsonRpcId ReadRequestId(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
        {
            return default;
        }

        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("requestId"u8, out var id)
            && id.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? new JsonRpcId(id.GetRawText())
            : default;
    }
}
