using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Smcp.Mcp.Answers;
using Smcp.Mcp.Messages;
using Smcp.Protocol;

namespace Smcp.Mcp.Revisions;

/// <summary>
/// What a message of 2026-07-28 must say of itself, in the order in which a client can mend it: version, then method,
/// then metadata,
/// then name (streamable-http, "Server Validation"; basic, "_meta").
/// </summary>
internal static class StatelessRules
{
    public static McpRefusal? Check(McpInbound message, IHeaderDictionary headers) => message.Kind switch
    {
        JsonRpcKind.Response =>
            Bad(McpErrorCodes.InvalidRequest, "A client sends no responses in this protocol version."),
        // Header rules for notifications are not defined by the revision, and it has none that a client sends.
        JsonRpcKind.Notification => null,
        _ => CheckVersion(message, headers)
            ?? CheckMethod(message, headers)
            ?? CheckCapabilities(message)
            ?? CheckServed(message)
            ?? CheckName(message, headers),
    };

    private static McpRefusal? CheckVersion(McpInbound message, IHeaderDictionary headers)
    {
        var header = headers[McpHeaders.ProtocolVersion];
        if (header.Count != 1)
        {
            return Mismatch(McpHeaders.ProtocolVersion, header);
        }

        var stated = header[0]?.Trim();
        var claim = message.Peek.MetaVersion;
        if (claim is null)
        {
            return McpRevision.TryParse(stated, out _)
                ? Bad(McpErrorCodes.InvalidParams, $"_meta must have a text {McpMetaKeys.ProtocolVersion}.")
                : VersionErrors.Unsupported(stated ?? string.Empty);
        }

        if (!string.Equals(stated, claim, StringComparison.Ordinal))
        {
            return Mismatch(McpHeaders.ProtocolVersion, header);
        }

        return McpRevision.TryParse(claim, out _) ? null : VersionErrors.Unsupported(claim);
    }

    private static McpRefusal? CheckMethod(McpInbound message, IHeaderDictionary headers)
    {
        var header = headers[McpHeaders.Method];
        return header.Count == 1 && header[0].AsSpan().Trim(" \t").SequenceEqual(message.Method)
            ? null
            : Mismatch(McpHeaders.Method, header);
    }

    private static McpRefusal? CheckCapabilities(McpInbound message) =>
        message.Peek.ClientCapabilitiesKind == JsonValueKind.Object
            ? null
            : Bad(McpErrorCodes.InvalidParams, $"_meta must have an object {McpMetaKeys.ClientCapabilities}.");

    private static McpRefusal? CheckServed(McpInbound message) =>
        McpRevision.V20260728.Allows(message.Method)
            ? null
            : new(StatusCodes.Status404NotFound, McpErrorCodes.MethodNotFound, "Method not found");

    private static McpRefusal? CheckName(McpInbound message, IHeaderDictionary headers)
    {
        if (!TryNameSource(message, out var source))
        {
            return null;
        }

        var header = headers[McpHeaders.Name];
        return header.Count == 1
            && McpHeaderValue.TryDecode(header[0], out var name)
            && JsonText.Equals(source.Of(message.Body.Span), name)
                ? null
                : Mismatch(McpHeaders.Name, header);
    }

    private static bool TryNameSource(McpInbound message, out JsonSlice source)
    {
        var peek = message.Peek;
        switch (message.Method)
        {
            case McpMethods.ToolsCall or McpMethods.PromptsGet:
                source = peek.Name;
                return true;
            case McpMethods.ResourcesRead:
                source = peek.Uri;
                return true;
            case McpMethods.TasksGet or McpMethods.TasksUpdate or McpMethods.TasksCancel:
                source = peek.TaskId;
                return true;
            default:
                source = default;
                return false;
        }
    }

    public static McpRefusal Mismatch(string name, StringValues header) => Bad(
        McpErrorCodes.HeaderMismatch,
        $"Header mismatch: {name} is {(header.Count == 0 ? "missing" : "not what the body says")}.");

    private static McpRefusal Bad(int code, string message) => new(StatusCodes.Status400BadRequest, code, message);
}
