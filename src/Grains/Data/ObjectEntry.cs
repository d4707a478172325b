using System.Text;
using Smcp.Storage;
using Smcp.Wire;

namespace Smcp.Data;

/// <summary>
/// One record of a part's index: the object of a key; or content that is in doubt, which is an object's or is to be
/// removed.
/// </summary>
[Wire("object-entry", 1)]
internal sealed record ObjectEntry : ILogMapEntry
{
    private const string KeyMark = "key/";
    private const string DoubtMark = "doubt/";

    /// <summary>What it is about: a key, or the id of content, each behind its mark.</summary>
    public required string Name { get; init; }

    /// <summary>The object; null for content in doubt.</summary>
    public ObjectInfo? Info { get; init; }

    /// <summary>Bytes of each stored piece but the last.</summary>
    public int PieceBytes { get; init; }

    public bool IsRemoved { get; init; }

    string ILogMapEntry.MapKey => Name;

    bool ILogMapEntry.IsRemoval => IsRemoved;

    /// <summary>The id of content in doubt; null for an object.</summary>
    public string? InDoubt => Name.StartsWith(DoubtMark, StringComparison.Ordinal) ? Name[DoubtMark.Length..] : null;

    public static string NameOf(string key) => KeyMark + key;

    public static ObjectEntry Of(ObjectInfo info, int pieceBytes) =>
        new() { Name = NameOf(info.Key), Info = info, PieceBytes = pieceBytes };

    public static ObjectEntry Gone(string key) => new() { Name = NameOf(key), IsRemoved = true };

    public static ObjectEntry Doubt(string id) => new() { Name = DoubtMark + id };

    public static ObjectEntry Settled(string id) => new() { Name = DoubtMark + id, IsRemoved = true };

    /// <summary>What it counts for.</summary>
    public long CountBytes() => Info is null ? 0 : Info.Bytes + BytesAbout(Info.Key, Info.ContentType, Info.Metadata);

    /// <summary>What an object counts for beside its content.</summary>
    public static long BytesAbout(string key, string? contentType, IReadOnlyDictionary<string, string> metadata) =>
        Encoding.UTF8.GetByteCount(key)
        + Encoding.UTF8.GetByteCount(contentType ?? string.Empty)
        + metadata.Sum(pair => (long)Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value));
}
