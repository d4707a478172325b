using System.Buffers;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Sessions;

/// <summary>The JSON-RPC messages of a session's log, whole, as its client gets them.</summary>
internal static class SessionMessages
{
    private const int EnvelopeBytes = 96;

    public static ReadOnlyMemory<byte> Notification(McpFrame frame)
    {
        var output = new ArrayBufferWriter<byte>(EnvelopeBytes + frame.Body.Length);
        JsonRpcWriter.WriteNotification(output, frame.Method ?? string.Empty, frame.Body.Span);
        return output.WrittenMemory;
    }

    public static ReadOnlyMemory<byte> Request(JsonRpcId id, McpFrame frame)
    {
        var output = new ArrayBufferWriter<byte>(EnvelopeBytes + frame.Body.Length);
        JsonRpcWriter.WriteRequest(output, id, frame.Method ?? string.Empty, frame.Body.Span);
        return output.WrittenMemory;
    }

    public static ReadOnlyMemory<byte> Answer(JsonRpcId id, McpReply reply)
    {
        var output = new ArrayBufferWriter<byte>(EnvelopeBytes + reply.Body.Length);
        if (reply.IsError)
        {
            JsonRpcWriter.WriteError(output, id, reply.Body.Span);
        }
        else
        {
            JsonRpcWriter.WriteResult(output, id, reply.Body.Span);
        }

        return output.WrittenMemory;
    }
}
