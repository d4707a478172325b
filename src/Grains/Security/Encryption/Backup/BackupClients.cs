using System.Text;
using System.Text.Json;
using Smcp.Identity;
using Smcp.Identity.OAuth;
using Smcp.Identity.OAuth.Clients;
using Smcp.Security.Encryption.Keys;
using Smcp.Security.Encryption.Rows;
using Smcp.Storage;
using Smcp.Wire;

namespace Smcp.Security.Encryption.Backup;

/// <summary>
/// Carries a tenant's OAuth clients out of the platform's rows, and seals them by the key of a backup. The list of them
/// is the tenant's own.
/// </summary>
internal sealed class BackupClients(BackupRows rows)
{
    private const string Purpose = "smcp backup clients 1";
    private const int BytesMax = 8 << 20;

    public static StateAddress ListOf(TenantId tenant) => new("oauth-clients", tenant.ToString(), "clients");

    public static StateAddress RowOf(ClientId client) => new("oauth-client", ClientKey.Of(client), "client");

    /// <summary>Empty where the tenant has none.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ForBackupAsync(
        TenantId tenant,
        DataKeyRing ring,
        BackupContent content,
        byte[] backupKey,
        CancellationToken cancellationToken)
    {
        var list = await ReadAsync<ClientsState>(content, ring, ListOf(tenant), cancellationToken);
        var platform = content.PlatformRing.IsEmpty
            ? null
            : JsonSerializer.Deserialize<DataKeyRing>(content.PlatformRing.Span, WireJson.Options);
        var clients = new List<ClientState>();
        foreach (var id in list?.Clients ?? [])
        {
            // One that is listed and not there was removed a moment ago, or never made.
            if (await ReadAsync<ClientState>(content, platform, RowOf(id), cancellationToken) is { } client
                && client.Client?.Tenant == tenant)
            {
                clients.Add(client);
            }
        }

        if (clients.Count == 0)
        {
            return default;
        }

        var text = JsonSerializer.SerializeToUtf8Bytes(clients, WireJson.Options);
        return text.Length <= BytesMax
            ? BackupKey.Seal(BackupKey.Derive(backupKey, Purpose), text, Bound(tenant))
            : throw new BackupException($"The OAuth clients of {tenant} come to more than {BytesMax >> 20} MiB.");
    }

    /// <summary>None where the backup holds none.</summary>
    public static IReadOnlyList<ClientState> ForStore(TenantId tenant, ReadOnlySpan<byte> text, byte[] backupKey) =>
        text.IsEmpty ? []
        : BackupKey.Open(BackupKey.Derive(backupKey, Purpose), text, Bound(tenant)) is { } clients
            ? JsonSerializer.Deserialize<IReadOnlyList<ClientState>>(clients, WireJson.Options) ?? []
            : throw new BackupException("The backup's header is damaged. Take another one.");

    private static byte[] Bound(TenantId tenant) => Encoding.UTF8.GetBytes(tenant.ToString());

    private async ValueTask<TState?> ReadAsync<TState>(
        BackupContent content, DataKeyRing? ring, StateAddress address, CancellationToken cancellationToken)
        where TState : class
    {
        if (content.Read?.Invoke(address) is not { } row)
        {
            return null;
        }

        var text = await rows.OpenAsync(ring, RowPlace.Of(address), row, cancellationToken)
            ?? throw new BackupException($"A row of {content.Tenant} does not open: {address}.");
        return JsonSerializer.Deserialize<TState>(text, WireJson.Options);
    }
}
