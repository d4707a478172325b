using Smcp.Identity;
using Smcp.Identity.OAuth.Clients;
using Smcp.Security.Encryption.Keys;
using Smcp.Tenants;

namespace Smcp.Security.Encryption.Backup;

/// <summary>A backup whose key was unwrapped. Its content is proven only as it is extracted.</summary>
public sealed class OpenedBackup
{
    internal OpenedBackup(string file, BackupHeader header, long bodyAt, byte[] bound, byte[] key)
    {
        File = file;
        Header = header;
        BodyAt = bodyAt;
        Bound = bound;
        Key = key;
    }

    public string File { get; }

    public DateTimeOffset At => Header.At;

    public int Schema => Header.Schema;

    /// <summary>The one tenant it holds; null for the whole store.</summary>
    public TenantId? Tenant => Header.Tenant is { } tenant ? TenantId.Parse(tenant) : null;

    internal BackupHeader Header { get; }

    /// <summary>Where the chunks begin.</summary>
    internal long BodyAt { get; }

    /// <summary>What each chunk is bound to: the hash of everything before the chunks.</summary>
    internal byte[] Bound { get; }

    internal byte[] Key { get; }

    internal DataKeyRing Ring =>
        Header.Ring ?? throw new BackupException("The backup holds no keys of a tenant. Take another one.");

    /// <summary>The tenant's OAuth clients.</summary>
    internal IReadOnlyList<ClientState> Clients =>
        Tenant is { } tenant ? BackupClients.ForStore(tenant, Header.Clients.Span, Key) : [];

    /// <summary>What the tenant is; null where the backup does not say.</summary>
    internal TenantRecord? Version =>
        Tenant is { } tenant ? BackupVersion.ForStore(tenant, Header.Version.Span, Key) : null;
}
