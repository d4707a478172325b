using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.ObjectPool;
using ModelContextProtocol.Protocol;
using Smcp.Protocol;

namespace Smcp.Runtimes.CSharp;

/// <summary>Writes results as raw JSON, with what their revision wants on every result.</summary>
internal sealed class ResultWriter(Implementation server)
{
    private static readonly JsonEncodedText MetaName = JsonEncodedText.Encode("_meta");
    private static readonly JsonEncodedText ServerInfoName = JsonEncodedText.Encode(McpMetaKeys.ServerInfo);
    private static readonly JsonEncodedText ContentName = JsonEncodedText.Encode("content");
    private static readonly JsonEncodedText StructuredContentName = JsonEncodedText.Encode("structuredContent");
    private static readonly JsonEncodedText IsErrorName = JsonEncodedText.Encode("isError");
    private static readonly JsonEncodedText ResultTypeName = JsonEncodedText.Encode("resultType");

    private readonly ObjectPool<Pooled> _writers =
        new DefaultObjectPool<Pooled>(new DefaultPooledObjectPolicy<Pooled>());
    private readonly byte[] _serverInfo = JsonSerializer.SerializeToUtf8Bytes(server, McpJson<Implementation>.Info);

    public ReadOnlyMemory<byte> Write<TResult>(TResult result, McpRevision revision)
        where TResult : Result
    {
        Stamp(result, revision);
        return JsonSerializer.SerializeToUtf8Bytes(result, McpJson<TResult>.Info);
    }

    /// <summary>
    /// The result of a tool, by hand: it is most of the traffic, and the general way costs a third more allocation.
    /// </summary>
    public ReadOnlyMemory<byte> WriteCall(CallToolResult result, McpRevision revision)
    {
        if (result.Meta is not null)
        {
            return Write(result, revision);
        }

        var pooled = _writers.Get();
        try
        {
            var writer = pooled.Writer;
            writer.WriteStartObject();
            writer.WriteStartArray(ContentName);
            foreach (var block in result.Content)
            {
                JsonSerializer.Serialize(writer, block, McpJson<ContentBlock>.Info);
            }

            writer.WriteEndArray();
            WriteRest(writer, result, revision);
            writer.WriteEndObject();
            writer.Flush();
            return pooled.Buffer.WrittenSpan.ToArray();
        }
        finally
        {
            pooled.Clear();
            _writers.Return(pooled);
        }
    }

    private void WriteRest(Utf8JsonWriter writer, CallToolResult result, McpRevision revision)
    {
        if (result.StructuredContent is { } structured)
        {
            writer.WritePropertyName(StructuredContentName);
            structured.WriteTo(writer);
        }

        if (result.IsError is { } isError)
        {
            writer.WriteBoolean(IsErrorName, isError);
        }

        if (revision.TypesResults)
        {
            writer.WriteString(ResultTypeName, result.ResultType ?? "complete");
            writer.WriteStartObject(MetaName);
            writer.WritePropertyName(ServerInfoName);
            writer.WriteRawValue(_serverInfo, skipInputValidation: true);
            writer.WriteEndObject();
        }
    }

    /// <summary>
    /// 2026-07-28 basic: results carry a type and the server's identity, and lists how long they hold. Before, none
    /// may.
    /// </summary>
    private void Stamp(Result result, McpRevision revision)
    {
        if (!revision.TypesResults)
        {
            result.ResultType = null;
            return;
        }

        result.ResultType ??= "complete";
        result.Meta ??= [];
        result.Meta[McpMetaKeys.ServerInfo] ??= JsonNode.Parse(_serverInfo);
        if (result is ICacheableResult cacheable)
        {
            cacheable.TimeToLive ??= TimeSpan.Zero;
            cacheable.CacheScope ??= CacheScope.Private;
        }
    }

    private sealed class Pooled
    {
        /// <summary>A buffer that one large result blew up is not kept.</summary>
        private const int KeptBytesMax = 64 * 1024;

        public Pooled() => Writer = new Utf8JsonWriter(Buffer, new JsonWriterOptions { SkipValidation = true });

        public ArrayBufferWriter<byte> Buffer { get; private set; } = new(1024);

        public Utf8JsonWriter Writer { get; }

        public void Clear()
        {
            if (Buffer.Capacity > KeptBytesMax)
            {
                Buffer = new ArrayBufferWriter<byte>(1024);
            }
            else
            {
                Buffer.ResetWrittenCount();
            }

            Writer.Reset(Buffer);
        }
    }
}
