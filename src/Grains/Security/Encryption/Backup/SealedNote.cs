using Smcp.Wire;

namespace Smcp.Security.Encryption.Backup;

/// <summary>A note as it waits in its file.</summary>
/// <param name="Master">The version of the master key that wraps its key.</param>
/// <param name="Key">Its key, wrapped.</param>
/// <param name="Note">The event, sealed by that key.</param>
[Wire("maintenance-note", 1)]
internal sealed record SealedNote(int Master, ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Note);
