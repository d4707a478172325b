using System.Text.Json;
using Smcp.Identity;
using Smcp.Identity.OAuth;
using Smcp.Identity.OAuth.Clients;
using Smcp.Storage;
using Smcp.Wire;

namespace Smcp.Security.Encryption.Backup;

/// <summary>
/// Puts the OAuth clients of a tenant that came out of a backup in their place, in a store that nobody serves from. A
/// backup may come from elsewhere: it puts none in another's place, and none that the tenant does not list.
/// </summary>
internal sealed class RestoredClients(IGrainStorage storage)
{
    /// <summary>The clients that the tenant lists now.</summary>
    public async ValueTask<IReadOnlyList<ClientId>> ListAsync(TenantId tenant, CancellationToken cancellationToken) =>
        await storage.ReadAsync(BackupClients.ListOf(tenant), cancellationToken) is { } row
            ? Read<ClientsState>(row).Clients
            : [];

    /// <param name="tenant">The tenant that was taken in.</param>
    /// <param name="clients">What the backup holds.</param>
    /// <param name="before">What the tenant listed before: whatever it lists no more goes.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async ValueTask PutAsync(
        TenantId tenant,
        IReadOnlyList<ClientState> clients,
        IReadOnlyList<ClientId> before,
        CancellationToken cancellationToken)
    {
        var listed = (await ListAsync(tenant, cancellationToken)).ToHashSet();
        foreach (var gone in before.Where(client => !listed.Contains(client)))
        {
            if (await FindAsync(tenant, gone, cancellationToken) is (true, { } row))
            {
                await storage.ClearAsync(BackupClients.RowOf(gone), row.Version, cancellationToken);
            }
        }

        foreach (var state in clients)
        {
            if (state.Client is { Source: ClientSource.Tenant, Id: var id } client && client.Tenant == tenant
                && listed.Contains(id) && await FindAsync(tenant, id, cancellationToken) is (true, var row))
            {
                var payload = JsonSerializer.SerializeToUtf8Bytes(state, WireJson.Options);
                await storage.WriteAsync(BackupClients.RowOf(id), payload, row?.Version ?? 0, cancellationToken);
            }
        }
    }

    /// <summary>The row of a client, and whether its place is the tenant's to fill: it is free, or its own.</summary>
    private async ValueTask<(bool IsTheirs, StoredState? Row)> FindAsync(
        TenantId tenant, ClientId client, CancellationToken cancellationToken)
    {
        var row = await storage.ReadAsync(BackupClients.RowOf(client), cancellationToken);
        return (row is null || Read<ClientState>(row).Client?.Tenant == tenant, row);
    }

    private static TState Read<TState>(StoredState row) =>
        JsonSerializer.Deserialize<TState>(row.Payload.Span, WireJson.Options)
        ?? throw new JsonException("A row of OAuth clients holds a null.");
}
