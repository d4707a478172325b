using Smcp.Protocol;

namespace Smcp.Mcp;

/// <summary>
/// What a fault is in JSON-RPC: the one map, for the gateway that answers and for a grain that ends a stream.
/// </summary>
public static class FaultCodes
{
    /// <summary>The JSON-RPC error code of a fault.</summary>
    public static int CodeOf(FaultReason reason) => reason switch
    {
        FaultReason.Internal => McpErrorCodes.InternalError,
        FaultReason.SessionNotFound => McpErrorCodes.SessionNotFound,
        FaultReason.ServerNotFound => McpErrorCodes.InvalidRequest,
        FaultReason.MethodNotFound => McpErrorCodes.MethodNotFound,
        FaultReason.InvalidParams => McpErrorCodes.InvalidParams,
        FaultReason.InvalidRequest => McpErrorCodes.InvalidRequest,
        FaultReason.LimitExceeded => McpErrorCodes.InternalError,
        FaultReason.Unavailable => McpErrorCodes.InternalError,
        FaultReason.Cancelled => McpErrorCodes.InternalError,
        FaultReason.PeerUnknown => McpErrorCodes.InternalError,
        FaultReason.MissingClientCapability => McpErrorCodes.MissingClientCapability,
        FaultReason.EventsTrimmed => McpErrorCodes.InvalidRequest,
        FaultReason.UnknownStream => McpErrorCodes.InvalidRequest,
        FaultReason.TimedOut => McpErrorCodes.InternalError,
        FaultReason.Forbidden or FaultReason.InsufficientScope or FaultReason.InvalidCredential
            or FaultReason.NotFound or FaultReason.Conflict => McpErrorCodes.InvalidRequest,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not a known fault reason."),
    };

    /// <summary>The raw <c>error</c> object of a fault: code, message and, where it has it, data.</summary>
    public static byte[] ErrorBody(this McpFault fault) =>
        JsonRpcWriter.Error(CodeOf(fault.Reason), fault.Message, fault.Data.Span);
}
