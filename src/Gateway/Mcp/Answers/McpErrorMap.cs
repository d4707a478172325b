using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Smcp.Engine;
using Smcp.Protocol;

namespace Smcp.Mcp.Answers;

/// <summary>The one place that turns a refusal into HTTP status and JSON-RPC code.</summary>
internal static class McpErrorMap
{
    /// <summary>What is said of a call that ended in none of the ways it may.</summary>
    public static McpFault NoAnswer { get; } =
        new(FaultReason.Internal, "The call ended without an answer; its outcome is unknown.");

    /// <summary>
    /// A fault as the revision says it. Before 2026-07-28 whatever concerns only the request is in-band, with status
    /// 200.
    /// </summary>
    public static McpRefusal Of(McpFault fault, McpRevision revision)
    {
        var (status, code) = fault.Reason switch
        {
            FaultReason.Internal => (StatusCodes.Status200OK, McpErrorCodes.InternalError),
            FaultReason.SessionNotFound => (StatusCodes.Status404NotFound, McpErrorCodes.SessionNotFound),
            FaultReason.ServerNotFound => (StatusCodes.Status404NotFound, McpErrorCodes.InvalidRequest),
            FaultReason.MethodNotFound =>
                (StatusOf(McpErrorCodes.MethodNotFound, revision), McpErrorCodes.MethodNotFound),
            FaultReason.InvalidParams => (StatusCodes.Status200OK, McpErrorCodes.InvalidParams),
            FaultReason.InvalidRequest => (StatusCodes.Status400BadRequest, McpErrorCodes.InvalidRequest),
            FaultReason.LimitExceeded => (StatusCodes.Status429TooManyRequests, McpErrorCodes.InternalError),
            FaultReason.Unavailable or FaultReason.Moving =>
                (StatusCodes.Status503ServiceUnavailable, McpErrorCodes.InternalError),
            FaultReason.Cancelled => (StatusCodes.Status200OK, McpErrorCodes.InternalError),
            FaultReason.PeerUnknown => (StatusCodes.Status200OK, McpErrorCodes.InternalError),
            FaultReason.MissingClientCapability when revision.UsesSessions =>
                (StatusCodes.Status200OK, McpErrorCodes.InvalidRequest),
            FaultReason.MissingClientCapability =>
                (StatusCodes.Status400BadRequest, McpErrorCodes.MissingClientCapability),
            FaultReason.EventsTrimmed => (StatusCodes.Status400BadRequest, McpErrorCodes.InvalidRequest),
            FaultReason.UnknownStream => (StatusCodes.Status400BadRequest, McpErrorCodes.InvalidRequest),
            FaultReason.TimedOut => (StatusCodes.Status200OK, McpErrorCodes.InternalError),
            FaultReason.Forbidden or FaultReason.InsufficientScope =>
                (StatusCodes.Status403Forbidden, McpErrorCodes.InvalidRequest),
            FaultReason.InvalidCredential => (StatusCodes.Status401Unauthorized, McpErrorCodes.InvalidRequest),
            FaultReason.NotFound => (StatusCodes.Status404NotFound, McpErrorCodes.InvalidRequest),
            FaultReason.Conflict => (StatusCodes.Status409Conflict, McpErrorCodes.InvalidRequest),
            _ => throw new InvalidOperationException($"No answer is defined for {fault.Reason}."),
        };
        return new McpRefusal(status, code, fault.Message)
        {
            Data = fault.Data,
            RetryAfter = fault.RetryAfter,
            Scope = fault.Scope,
        };
    }

    /// <summary>A failure of the engine: what became of the request is known only when it did not run.</summary>
    public static McpRefusal Of(EngineFailure failure) => failure switch
    {
        EngineFailure.Unavailable => new(
            StatusCodes.Status503ServiceUnavailable, McpErrorCodes.InternalError,
            "The service cannot be reached now; nothing was run.")
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        },
        EngineFailure.TimedOut => new(
            StatusCodes.Status504GatewayTimeout, McpErrorCodes.InternalError,
            "The answer did not come in time; the outcome is unknown."),
        EngineFailure.Cancelled => new(
            StatusCodes.Status503ServiceUnavailable, McpErrorCodes.InternalError,
            "The request was cancelled; the outcome is unknown."),
        EngineFailure.None => new(
            StatusCodes.Status500InternalServerError, McpErrorCodes.InternalError, "The request failed."),
        _ => throw new InvalidOperationException($"No answer is defined for {failure}."),
    };

    /// <summary>The status of a server's own answer: 2026-07-28 says some errors in HTTP's words too.</summary>
    public static int StatusOf(McpReply reply, McpRevision revision) =>
        reply.IsError && !revision.UsesSessions
            ? StatusOf(CodeOf(reply.Body.Span), revision)
            : StatusCodes.Status200OK;

    private static int StatusOf(int code, McpRevision revision) => code switch
    {
        _ when revision.UsesSessions => StatusCodes.Status200OK,
        McpErrorCodes.MethodNotFound => StatusCodes.Status404NotFound,
        McpErrorCodes.HeaderMismatch or McpErrorCodes.MissingClientCapability or McpErrorCodes.UnsupportedVersion =>
            StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status200OK,
    };

    private static int CodeOf(ReadOnlySpan<byte> error)
    {
        var reader = new Utf8JsonReader(error);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isCode = reader.ValueTextEquals("code"u8);
            reader.Read();
            if (isCode)
            {
                return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var code) ? code : 0;
            }

            reader.Skip();
        }

        return 0;
    }
}
