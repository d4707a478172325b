using System.Text;
using System.Text.Json;
using Smcp.Identity;
using Smcp.Security.Encryption.Keys;
using Smcp.Security.Encryption.Rows;
using Smcp.Tenants;
using Smcp.Wire;

namespace Smcp.Security.Encryption.Backup;

/// <summary>
/// Carries what a tenant is (its life, configuration and roles) out of the platform's directory, and seals it by the
/// key of a backup.
/// </summary>
internal sealed class BackupVersion(BackupRows rows)
{
    private const string Purpose = "smcp backup version 1";

    /// <summary>Empty where the tenant was never configured.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ForBackupAsync(
        TenantId tenant, BackupContent content, byte[] backupKey, CancellationToken cancellationToken)
    {
        if (content.Version is not { } row)
        {
            return default;
        }

        var ring = JsonSerializer.Deserialize<DataKeyRing>(content.PlatformRing.Span, WireJson.Options);
        var record = await rows.OpenAsync(ring, RowPlace.OfLog(TenantLog.NameOf(tenant)), row, cancellationToken)
            ?? throw new BackupException($"What the tenant {tenant} is cannot be read: its record does not open.");
        return Read(record).Status == TenantStatus.Deleted
            ? throw new BackupException($"The tenant {tenant} was deleted.")
            : BackupKey.Seal(BackupKey.Derive(backupKey, Purpose), record, Bound(tenant));
    }

    /// <summary>Null where the backup holds none.</summary>
    public static TenantRecord? ForStore(TenantId tenant, ReadOnlySpan<byte> text, byte[] backupKey) =>
        text.IsEmpty ? null
        : BackupKey.Open(BackupKey.Derive(backupKey, Purpose), text, Bound(tenant)) is { } record
            && Read(record) is var version && version.Id == tenant
                ? version
                : throw new BackupException("The backup's header is damaged. Take another one.");

    private static byte[] Bound(TenantId tenant) => Encoding.UTF8.GetBytes(tenant.ToString());

    private static TenantRecord Read(byte[] record) =>
        JsonSerializer.Deserialize<TenantRecord>(record, WireJson.Options)
        ?? throw new JsonException("A tenant's record is null.");
}
