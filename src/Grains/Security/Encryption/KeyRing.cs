using System.Buffers.Binary;
using System.Security.Cryptography;
using Smcp.Wire;

namespace Smcp.Security.Encryption;

/// <summary>The keys that sealed texts may have been made with, newest first. The first seals; all open.</summary>
[Wire("key-ring", 1)]
internal sealed record KeyRing
{
    public const int KeyBytes = 32;

    public IReadOnlyList<SealingKey> Keys { get; init; } = [];

    public SealingKey? Find(int id) => Keys.FirstOrDefault(k => k.Id == id);

    /// <summary>Whether a new key is due.</summary>
    public bool IsStale(DateTimeOffset now, TimeSpan rotation) =>
        Keys.Count == 0 || now - Keys[0].CreatedAt >= rotation;

    /// <summary>The ring with a fresh key in front, and no more than so many in all.</summary>
    public KeyRing Rotate(DateTimeOffset now, int keysMax)
    {
        Span<byte> id = stackalloc byte[sizeof(int)];
        RandomNumberGenerator.Fill(id);
        var key = new SealingKey(
            BinaryPrimitives.ReadInt32BigEndian(id), RandomNumberGenerator.GetBytes(KeyBytes), now);
        return new KeyRing { Keys = [key, .. Keys.Take(keysMax - 1)] };
    }
}
