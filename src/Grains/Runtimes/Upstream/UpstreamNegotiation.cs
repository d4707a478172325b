using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Servers;

namespace Smcp.Runtimes.Upstream;

/// <summary>
/// Finds out which era a server speaks. The client's own is tried first: where the server knows it too, nothing needs
/// to be translated.
/// </summary>
internal sealed class UpstreamNegotiation(
    UpstreamSender sender, UpstreamClient? client, McpRevision asked, UpstreamRuntimeOptions options, TimeProvider time)
{
    private static readonly McpFault Silent =
        new(FaultReason.Unavailable, "The server did not answer in time; nothing was run.");

    /// <param name="known">The era, where it is known; null to find out.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<UpstreamAgreement> AgreeAsync(UpstreamEra? known, CancellationToken cancellationToken)
    {
        var era = known ?? (asked.UsesSessions ? UpstreamEra.Legacy : UpstreamEra.Modern);
        var first = await TryAsync(era, known is null, cancellationToken);
        if (!first.MayBeOtherEra || known is not null)
        {
            return first;
        }

        var other = era == UpstreamEra.Legacy ? UpstreamEra.Modern : UpstreamEra.Legacy;
        var second = await TryAsync(other, true, cancellationToken);
        return second.Fault is null || era == UpstreamEra.Modern ? second with { IsGuess = first.IsGuess } : first;
    }

    private async ValueTask<UpstreamAgreement> TryAsync(
        UpstreamEra era, bool probing, CancellationToken cancellationToken) =>
        era == UpstreamEra.Legacy
            ? await InitializeAsync(probing, cancellationToken)
            : await DiscoverAsync(probing, cancellationToken);

    private async ValueTask<UpstreamAgreement> InitializeAsync(bool probing, CancellationToken cancellationToken)
    {
        var parameters = new JsonObject
        {
            ["protocolVersion"] = (asked.UsesSessions ? asked : McpRevision.LatestWithSessions).Value,
            ["capabilities"] = client?.Capabilities.DeepClone() ?? new JsonObject(),
            ["clientInfo"] = client?.Info.DeepClone() ?? UpstreamClient.Ourselves(),
        };
        var answer = await sender.AskAsync(McpMethods.Initialize, RawJson.Write(parameters), cancellationToken);
        if (answer.Reply is not { IsError: false } reply)
        {
            return Failed(UpstreamEra.Legacy, answer);
        }

        var version = RawJson.Parse(reply.Body)?.Text("protocolVersion");
        if (!McpRevision.TryParse(version, out var revision) || !revision.UsesSessions)
        {
            return new(UpstreamEra.Legacy, null, Unknown(version));
        }

        // Servers of both eras may serve the old one without its sessions, and then lose what the new one has.
        if (probing && sender.Link.KeepsNoSession
            && await DiscoverAsync(probing, cancellationToken) is { Fault: null } modern)
        {
            return modern;
        }

        sender.Link.Agree(revision);
        return await sender.Link.NotifyAsync(McpMethods.Initialized, default, cancellationToken)
            ? new(UpstreamEra.Legacy, reply, null)
            : new(UpstreamEra.Legacy, null, UpstreamFaults.Of(UpstreamFailure.NotSent));
    }

    private async ValueTask<UpstreamAgreement> DiscoverAsync(bool probing, CancellationToken cancellationToken)
    {
        var parameters = RawJson.Write(new JsonObject { ["_meta"] = ModernUpstream.OwnMeta(client) });
        using var patience = new CancellationTokenSource(
            probing ? options.ProbeTimeout : Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var answer = await sender.AskAsync(McpMethods.Discover, parameters, either.Token);
        if (RefusesWhatItKnows(answer))
        {
            // 2026-07-28 versioning: it says so itself, so it is asked again and not taken for one of the other era.
            answer = await sender.AskAsync(McpMethods.Discover, parameters, either.Token);
        }

        if (answer.Reply is not { IsError: false } reply)
        {
            var failed = Failed(UpstreamEra.Modern, answer);
            return answer.Failure == UpstreamFailure.Cancelled && !cancellationToken.IsCancellationRequested
                ? failed with { MayBeOtherEra = true, IsGuess = sender.Link.AnswersAll }
                : failed;
        }

        var versions = RawJson.Parse(reply.Body)?["supportedVersions"] as JsonArray;
        if (!HasOurs(versions))
        {
            return new(UpstreamEra.Modern, null, Unknown(versions?.ToJsonString())) { MayBeOtherEra = true };
        }

        sender.Link.Agree(McpRevision.V20260728);
        return new(UpstreamEra.Modern, reply, null);
    }

    private static bool HasOurs(JsonArray? versions) => versions?.Any(version => version is JsonValue value
        && value.TryGetValue(out string? text) && text == McpRevision.V20260728.Value) == true;

    private static bool RefusesWhatItKnows(in UpstreamAnswer answer) => answer.Reply is { IsError: true } refusal
        && RawJson.Parse(refusal.Body) is { } error
        && error["code"] is JsonValue code && code.TryGetValue(out int number)
        && number == McpErrorCodes.UnsupportedVersion
        && HasOurs((error["data"] as JsonObject)?["supported"] as JsonArray);

    private static McpFault Unknown(string? version) => new(
        FaultReason.Unavailable,
        $"The server speaks no protocol revision that is known here ({ClientText.Clip(version ?? "none")}).");

    private static UpstreamAgreement Failed(UpstreamEra era, in UpstreamAnswer answer)
    {
        if (answer.Reply is null)
        {
            var silent = answer.Failure == UpstreamFailure.Cancelled;
            return new(era, null, silent ? Silent : UpstreamFaults.Of(answer))
            {
                MayBeOtherEra = answer.Failure == UpstreamFailure.NotUnderstood,
                IsUnderstood = answer.Failure != UpstreamFailure.NotUnderstood,
            };
        }

        var text = RawJson.Parse(answer.Reply.Body)?.Text("message") ?? "no reason given";
        var fault = new McpFault(
            FaultReason.Unavailable, $"The server does not open a conversation: {ClientText.Clip(text)}");
        return new(era, null, fault) { MayBeOtherEra = true };
    }
}
