using System.Text;
using Smcp.Mcp;

namespace Smcp.Data;

/// <summary>What a key and a value must be like. No fault repeats either.</summary>
internal static class ValueRules
{
    /// <summary>
    /// Half of a pair of UTF-16 has no bytes of its own: two such keys would be one when they are stored.
    /// </summary>
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Null, or why it cannot be stored.</summary>
    public static McpFault? Check(ValueWrite write, ServerDataOptions options)
    {
        if (CheckKey(write.Key, options.KeyBytesMax) is { } fault)
        {
            return fault;
        }

        if (BytesOf(write.Metadata ?? string.Empty) is not { } bytes || bytes > options.ValueMetadataBytesMax)
        {
            return Invalid($"Metadata has at most {options.ValueMetadataBytesMax} bytes of well-formed text.");
        }

        return write.Value.Length > options.ValueBytesMax
            ? Invalid($"A value has at most {options.ValueBytesMax} bytes.")
            : null;
    }

    /// <summary>Null, or why it is no key.</summary>
    public static McpFault? CheckKey(string key, int bytesMax) =>
        BytesOf(key) is { } bytes && bytes > 0 && bytes <= bytesMax
            ? null
            : Invalid($"A key has 1 to {bytesMax} bytes of well-formed text.");

    /// <summary>Bytes of UTF-8; null where the text is not well-formed.</summary>
    public static int? BytesOf(string text)
    {
        try
        {
            return Strict.GetByteCount(text);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }

    private static McpFault Invalid(string message) => new(FaultReason.InvalidParams, message);
}
