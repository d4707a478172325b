using Smcp.Mcp;

namespace Smcp.Data;

/// <summary>What an object and its pieces must be like. No fault repeats any of it.</summary>
internal static class ObjectRules
{
    private const int ContentTypeLengthMax = 256;

    /// <summary>The first piece: null, or why no object begins with it.</summary>
    public static McpFault? CheckFirst(ObjectPiece piece, ServerDataOptions options)
    {
        if (ValueRules.CheckKey(piece.Key, options.ObjectKeyBytesMax) is { } fault)
        {
            return fault;
        }

        if (piece.ContentType is { } type && (type.Length > ContentTypeLengthMax || type.Any(c => c is < ' ' or > '~')))
        {
            return Invalid($"A content type has at most {ContentTypeLengthMax} characters of ASCII.");
        }

        var about = piece.Metadata.Sum(pair => (long?)ValueRules.BytesOf(pair.Key) + ValueRules.BytesOf(pair.Value));
        if (piece.Metadata.Any(pair => ValueRules.BytesOf(pair.Key) is null || ValueRules.BytesOf(pair.Value) is null)
            || about > options.ObjectMetadataBytesMax)
        {
            return Invalid($"Metadata has at most {options.ObjectMetadataBytesMax} bytes of well-formed text.");
        }

        if (piece.Bytes is < 0 || piece.Bytes > options.ObjectBytesMax)
        {
            return TooLarge(options);
        }

        return piece.Data.Length > options.ObjectPieceBytes || (piece.Data.IsEmpty && !piece.IsLast)
            ? Invalid($"A piece has 1 to {options.ObjectPieceBytes} bytes.")
            : null;
    }

    /// <summary>Any piece: null, or why it does not belong to this write.</summary>
    public static McpFault? CheckNext(ObjectPiece piece, ObjectUpload upload, ServerDataOptions options)
    {
        if (piece.Key != upload.Key || piece.Offset != upload.Bytes)
        {
            return Invalid("The piece does not follow the one before.");
        }

        if (piece.Data.Length > upload.PieceBytes || (!piece.IsLast && piece.Data.Length != upload.PieceBytes))
        {
            return Invalid("All pieces but the last are of the first one's length.");
        }

        return upload.Bytes + piece.Data.Length > options.ObjectBytesMax ? TooLarge(options) : null;
    }

    private static McpFault TooLarge(ServerDataOptions options) =>
        Invalid($"An object has at most {options.ObjectBytesMax} bytes.");

    private static McpFault Invalid(string message) => new(FaultReason.InvalidParams, message);
}
