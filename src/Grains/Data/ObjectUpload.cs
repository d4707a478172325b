using System.Security.Cryptography;

namespace Smcp.Data;

/// <summary>An object that is being written: what came so far.</summary>
internal sealed class ObjectUpload : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ObjectPiece _first;

    public ObjectUpload(ObjectPiece first)
    {
        _first = first with { Data = default };
        PieceBytes = first.Data.Length;
        About = ObjectEntry.BytesAbout(first.Key, first.ContentType, first.Metadata);
        Reserved = About + Math.Max(first.Bytes ?? 0, first.Data.Length);
    }

    /// <summary>Names the write, its content, and the object that it becomes.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    public string Key => _first.Key;

    public ObjectConditions Conditions => _first.Conditions;

    public int PieceBytes { get; }

    /// <summary>What is said of it, in bytes.</summary>
    public long About { get; }

    /// <summary>Bytes of content so far.</summary>
    public long Bytes { get; private set; }

    public long Pieces { get; private set; }

    /// <summary>What it counts for while it is written.</summary>
    public long Reserved { get; set; }

    /// <summary>When its last piece came, by the clock's timestamp.</summary>
    public long TouchedAt { get; set; }

    public void Take(ReadOnlySpan<byte> data)
    {
        _hash.AppendData(data);
        Bytes += data.Length;
        Pieces++;
    }

    public ObjectInfo ToInfo(DateTimeOffset at) => new()
    {
        Key = Key,
        Bytes = Bytes,
        ETag = Convert.ToHexStringLower(_hash.GetCurrentHash()),
        Id = Id,
        ContentType = _first.ContentType,
        Metadata = _first.Metadata,
        At = at,
    };

    public void Dispose() => _hash.Dispose();
}
