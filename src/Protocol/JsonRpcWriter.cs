using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Smcp.Protocol;

/// <summary>Writes JSON-RPC messages around raw JSON, which it takes to be valid, compact or not.</summary>
public static class JsonRpcWriter
{
    /// <summary>The answer to a request, with a raw result.</summary>
    public static void WriteResult(IBufferWriter<byte> output, JsonRpcId id, ReadOnlySpan<byte> result)
    {
        output.Write("{\"jsonrpc\":\"2.0\",\"id\":"u8);
        WriteText(output, id.Token ?? "null");
        output.Write(",\"result\":"u8);
        output.Write(result);
        output.Write("}"u8);
    }

    /// <summary>The answer to a request, with a raw error object; without id where no id was read.</summary>
    public static void WriteError(IBufferWriter<byte> output, JsonRpcId id, ReadOnlySpan<byte> error)
    {
        output.Write("{\"jsonrpc\":\"2.0\","u8);
        if (!id.IsNone)
        {
            output.Write("\"id\":"u8);
            WriteText(output, id.Token!);
            output.Write(","u8);
        }

        output.Write("\"error\":"u8);
        output.Write(error);
        output.Write("}"u8);
    }

    /// <summary>A request of ours, with raw params or none.</summary>
    public static void WriteRequest(
        IBufferWriter<byte> output, JsonRpcId id, string method, ReadOnlySpan<byte> parameters)
    {
        output.Write("{\"jsonrpc\":\"2.0\",\"id\":"u8);
        WriteText(output, id.Token ?? "null");
        WriteMethod(output, method, parameters);
    }

    /// <summary>A notification, with raw params or none.</summary>
    public static void WriteNotification(IBufferWriter<byte> output, string method, ReadOnlySpan<byte> parameters)
    {
        output.Write("{\"jsonrpc\":\"2.0\""u8);
        WriteMethod(output, method, parameters);
    }

    /// <summary>A raw error object.</summary>
    public static byte[] Error(int code, string message, ReadOnlySpan<byte> data = default)
    {
        var output = new ArrayBufferWriter<byte>(96 + message.Length + data.Length);
        output.Write("{\"code\":"u8);
        WriteText(output, code.ToString(CultureInfo.InvariantCulture));
        output.Write(",\"message\":"u8);
        output.Write(Quoted(message));
        if (!data.IsEmpty)
        {
            output.Write(",\"data\":"u8);
            output.Write(data);
        }

        output.Write("}"u8);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>How many bytes <see cref="WriteResult"/> or <see cref="WriteError"/> writes.</summary>
    public static int AnswerLength(JsonRpcId id, bool isError, int bodyLength)
    {
        var envelope = isError ? "{\"jsonrpc\":\"2.0\",\"error\":}"u8 : "{\"jsonrpc\":\"2.0\",\"result\":}"u8;
        var idLength = id.IsNone && isError ? 0 : "\"id\":,"u8.Length + Encoding.UTF8.GetByteCount(id.Token ?? "null");
        return envelope.Length + idLength + bodyLength;
    }

    private static void WriteMethod(IBufferWriter<byte> output, string method, ReadOnlySpan<byte> parameters)
    {
        output.Write(",\"method\":"u8);
        output.Write(Quoted(method));
        if (!parameters.IsEmpty)
        {
            output.Write(",\"params\":"u8);
            output.Write(parameters);
        }

        output.Write("}"u8);
    }

    private static byte[] Quoted(string text) => JsonSerializer.SerializeToUtf8Bytes(text);

    private static void WriteText(IBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);
}
