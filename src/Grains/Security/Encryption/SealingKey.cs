using Smcp.Wire;

namespace Smcp.Security.Encryption;

/// <summary>A key of the ring: 256 random bits, and the number by which a sealed text names it.</summary>
[Wire("sealing-key", 1)]
internal sealed record SealingKey(int Id, ReadOnlyMemory<byte> Key, DateTimeOffset CreatedAt);
