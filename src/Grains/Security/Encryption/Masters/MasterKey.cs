namespace Smcp.Security.Encryption.Masters;

/// <summary>A master key: 256 bits, and its version.</summary>
internal sealed record MasterKey(int Version, ReadOnlyMemory<byte> Key)
{
    public const int KeyBytes = 32;

    // The key itself must not come into a log by way of this record.
    public override string ToString() => $"master key {Version}";
}
