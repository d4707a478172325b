using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Smcp.Mcp.Answers;
using Smcp.Mcp.Headers;
using Smcp.Mcp.Messages;
using Smcp.Mcp.Routes;
using Smcp.Protocol;

namespace Smcp.Mcp.Revisions;

/// <summary>
/// Finds the revision that a message is served by, and refuses what is not valid for it. The body decides; headers only
/// confirm it
/// (2026-07-28 versioning, "a dual-era server selects its behavior from how the client opens").
/// </summary>
internal sealed class RevisionGate(KnownSessions sessions, ToolHeaders toolHeaders)
{
    /// <summary>Admits a POST: sets the exchange's revision and session, or says why not.</summary>
    public ValueTask<McpRefusal?> AdmitAsync(McpExchange exchange)
    {
        var headers = exchange.Http.Request.Headers;
        if (exchange.Body.Single is not { } message)
        {
            return SessionAsync(exchange, headers);
        }

        if (IsWithoutSession(message, headers))
        {
            exchange.Revision = McpRevision.V20260728;
            return StatelessRules.Check(message, headers) is { } refusal
                ? new(refusal)
                : toolHeaders.CheckAsync(exchange);
        }

        if (message is { Kind: JsonRpcKind.Request, Method: McpMethods.Initialize })
        {
            exchange.Revision = Negotiate(message);
            return new((McpRefusal?)null);
        }

        return SessionAsync(exchange, headers);
    }

    /// <summary>Admits a GET or DELETE, which only sessions have.</summary>
    public ValueTask<McpRefusal?> AdmitSessionAsync(McpExchange exchange)
    {
        var headers = exchange.Http.Request.Headers;
        var version = headers[McpHeaders.ProtocolVersion];
        return version.Count > 0 && McpRevision.TryParse(version, out var revision) && !revision.UsesSessions
            ? new(VersionErrors.OnlyPost)
            : SessionAsync(exchange, headers);
    }

    private async ValueTask<McpRefusal?> SessionAsync(McpExchange exchange, IHeaderDictionary headers)
    {
        var id = headers[McpHeaders.SessionId];
        if (id.Count != 1 || string.IsNullOrEmpty(id[0]))
        {
            return VersionErrors.NoSessionId;
        }

        // 2025-06-18 transports: an invalid or unsupported version is 400. Which of those supported is meant, the
        // session knows.
        var version = headers[McpHeaders.ProtocolVersion];
        if (version.Count > 0 && !IsSessionVersion(version))
        {
            return VersionErrors.Unsupported(version.ToString());
        }

        var (session, fault) = await sessions.FindAsync(exchange, id[0]!);
        if (session is null)
        {
            return McpErrorMap.Of(fault!, exchange.Revision);
        }

        exchange.Session = session;
        exchange.Revision = session.Revision;
        return CheckShape(exchange);
    }

    private static McpRefusal? CheckShape(McpExchange exchange)
    {
        if (exchange.Body.Batch is not { } batch)
        {
            return null;
        }

        if (!exchange.Revision.AllowsBatches)
        {
            return VersionErrors.NoBatches;
        }

        // 2025-03-26 lifecycle: initialize is never part of a batch.
        return batch.Any(message => message.Method == McpMethods.Initialize) ? VersionErrors.InitializeInBatch : null;
    }

    /// <summary>
    /// A message opens without session when its <c>_meta</c> says a version, unless one with sessions; a message that
    /// says none, when its
    /// header does.
    /// </summary>
    private static bool IsWithoutSession(McpInbound message, IHeaderDictionary headers)
    {
        if (message.Peek.MetaVersionKind != System.Text.Json.JsonValueKind.Undefined)
        {
            return !McpRevision.TryParse(message.Peek.MetaVersion, out var claimed) || !claimed.UsesSessions;
        }

        var version = headers[McpHeaders.ProtocolVersion];
        if (version.Count == 0 || message.Method == McpMethods.Initialize)
        {
            return false;
        }

        return McpRevision.TryParse(version, out var revision)
            ? !revision.UsesSessions
            : headers[McpHeaders.SessionId].Count == 0;
    }

    /// <summary>The revision asked for if it has sessions and is served, else the newest such.</summary>
    private static McpRevision Negotiate(McpInbound initialize)
    {
        var asked = JsonText.Unescape(initialize.Peek.ProtocolVersion.Of(initialize.Body.Span));
        return McpRevision.TryParse(asked, out var revision) && revision.UsesSessions
            ? revision
            : McpRevision.LatestWithSessions;
    }

    private static bool IsSessionVersion(StringValues version) =>
        version.Count == 1 && McpRevision.TryParse(version[0]?.Trim(), out var revision) && revision.UsesSessions;
}
