using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Smcp.Mcp.Answers;
using Smcp.Protocol;

namespace Smcp.Mcp.Revisions;

/// <summary>What is said to a message that fits no revision, or not its own.</summary>
internal static class VersionErrors
{
    public static McpRefusal NoSessionId { get; } = BadRequest(
        "Mcp-Session-Id is missing: open a session by initialize, or send the version in _meta.");

    public static McpRefusal NoBatches { get; } = BadRequest("This protocol version has no batches.");

    public static McpRefusal InitializeInBatch { get; } = BadRequest("initialize is not part of a batch.");

    public static McpRefusal OnlyPost { get; } = new(
        StatusCodes.Status405MethodNotAllowed, McpErrorCodes.InvalidRequest,
        "This protocol version has only POST.")
    {
        Allow = "POST, OPTIONS",
    };

    public static McpRefusal OtherMethod { get; } = new(
        StatusCodes.Status405MethodNotAllowed, McpErrorCodes.InvalidRequest,
        "An MCP endpoint has POST, and with sessions GET and DELETE.")
    {
        Allow = "GET, POST, DELETE, OPTIONS",
    };

    public static McpRefusal Unsupported(string requested) => new(
        StatusCodes.Status400BadRequest, McpErrorCodes.UnsupportedVersion, "Unsupported protocol version")
    {
        Data = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["supported"] = McpRevision.Supported.Select(revision => revision.Value),
            ["requested"] = ClientText.Clip(requested),
        }),
    };

    private static McpRefusal BadRequest(string message) =>
        new(StatusCodes.Status400BadRequest, McpErrorCodes.InvalidRequest, message);
}
