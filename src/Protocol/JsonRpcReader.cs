using System.Text.Json;
using System.Text.Unicode;

namespace Smcp.Protocol;

/// <summary>
/// Reads JSON-RPC messages from UTF-8 bytes, strictly: whole valid JSON, valid UTF-8, no key twice in an object,
/// bounded depth,
/// and the envelope of JSON-RPC 2.0 with MCP's narrower ids and params. Throws nothing and, for a good message,
/// allocates only its id.
/// </summary>
public static class JsonRpcReader
{
    /// <summary>Whether the bytes begin a JSON array: a batch, where the revision has batches.</summary>
    public static bool IsBatch(ReadOnlySpan<byte> body)
    {
        var trimmed = body.TrimStart(" \t\r\n"u8);
        return trimmed.Length > 0 && trimmed[0] == (byte)'[';
    }

    /// <summary>Reads one message. Null when <paramref name="message"/> is valid.</summary>
    public static JsonRpcFault? Read(ReadOnlySpan<byte> body, JsonRpcLimits limits, out JsonRpcMessage message)
    {
        message = default;
        var walk = new JsonRpcWalk(body, limits, stackalloc KeyLedger.Entry[KeyLedger.SlotsAtFirst]);
        try
        {
            if (!Utf8.IsValid(body))
            {
                return NotUtf8;
            }

            walk.Next();
            var fault = walk.Message(out message);
            walk.End();
            return fault;
        }
        catch (JsonException exception)
        {
            return walk.Stopped ?? Malformed(exception);
        }
        finally
        {
            walk.Dispose();
        }
    }

    /// <summary>
    /// Reads a JSON array of messages (2025-03-26). Null when all are valid; nothing of a bad batch is served.
    /// </summary>
    public static JsonRpcFault? ReadBatch(
        ReadOnlySpan<byte> body, JsonRpcLimits limits, out IReadOnlyList<JsonRpcMessage> messages)
    {
        var found = new List<JsonRpcMessage>();
        messages = found;
        var walk = new JsonRpcWalk(body, limits, stackalloc KeyLedger.Entry[KeyLedger.SlotsAtFirst]);
        try
        {
            return Utf8.IsValid(body) ? ReadEach(ref walk, limits, found) : NotUtf8;
        }
        catch (JsonException exception)
        {
            return walk.Stopped ?? Malformed(exception);
        }
        finally
        {
            walk.Dispose();
        }
    }

    private static JsonRpcFault NotUtf8 => new(McpErrorCodes.ParseError, "The body is not valid UTF-8.");

    private static JsonRpcFault? ReadEach(ref JsonRpcWalk walk, JsonRpcLimits limits, List<JsonRpcMessage> found)
    {
        JsonRpcFault? first = null;
        walk.Next();
        while (walk.Next() != JsonTokenType.EndArray)
        {
            if (found.Count == limits.BatchMax)
            {
                return new JsonRpcFault(
                    McpErrorCodes.InvalidRequest, $"A batch has at most {limits.BatchMax} messages.");
            }

            var fault = walk.Message(out var message);
            first ??= fault;
            found.Add(message);
        }

        walk.End();
        return found.Count == 0
            ? new JsonRpcFault(McpErrorCodes.InvalidRequest, "A batch has at least one message.")
            : first is null ? null : first with { Id = default };
    }

    private static JsonRpcFault Malformed(JsonException exception) => new(
        McpErrorCodes.ParseError,
        $"The body is not valid JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}).");
}
