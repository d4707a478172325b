using Smcp.Security.Encryption.Keys;
using Smcp.Wire;

namespace Smcp.Security.Encryption.Backup;

/// <summary>
/// The beginning of a backup, in clear and bound to every chunk that follows. <c>docs/storage.md</c> draws the file.
/// </summary>
[Wire("backup-header", 2)]
internal sealed record BackupHeader
{
    public required DateTimeOffset At { get; init; }

    /// <summary>The schema of the database inside.</summary>
    public required int Schema { get; init; }

    /// <summary>The one tenant it holds; null for the whole store.</summary>
    public string? Tenant { get; init; }

    /// <summary>The versions of the master key that wrap the data keys inside.</summary>
    public IReadOnlyList<int> Masters { get; init; } = [];

    /// <summary>The version that wraps the key of this file; 0 where a passphrase does.</summary>
    public int Master { get; init; }

    /// <summary>The key of this file, wrapped.</summary>
    public ReadOnlyMemory<byte> Key { get; init; }

    /// <summary>PBKDF2's salt, where a passphrase wraps.</summary>
    public ReadOnlyMemory<byte> Salt { get; init; }

    /// <summary>PBKDF2's iterations, where a passphrase wraps.</summary>
    public int Iterations { get; init; }

    /// <summary>The tenant's data keys, wrapped by the key of this file; null in a whole backup.</summary>
    public DataKeyRing? Ring { get; init; }

    /// <summary>
    /// The tenant's newest version, sealed by the key of this file: the directory that it stands in is the platform's.
    /// Empty in a whole backup, and for a tenant that was never configured.
    /// </summary>
    public ReadOnlyMemory<byte> Version { get; init; }

    /// <summary>
    /// The tenant's OAuth clients, sealed by the key of this file: they stand among the platform's. Empty in a whole
    /// backup, and for a tenant that has none.
    /// </summary>
    public ReadOnlyMemory<byte> Clients { get; init; }
}
