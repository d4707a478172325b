using Smcp.Engine;
using Smcp.Identity.Users;
using Smcp.Tenants;

namespace Smcp.Identity.OAuth.Grants;

/// <summary>Asks those that a grant depends on: its tenant, its client, and the user it speaks for.</summary>
internal sealed class GrantStandings(IGrainLocator grains)
{
    private const string ClientPrefix = "client:";

    /// <summary>The principal of a client that acts for itself.</summary>
    public static PrincipalId PrincipalOf(ClientId client) => PrincipalId.Parse(ClientPrefix + client);

    public async ValueTask<OAuthClient?> ClientAsync(ClientId client, CancellationToken cancellationToken) =>
        (await grains.Locate<IClientGrain>(ClientKey.Of(client)).DescribeAsync(client, cancellationToken)).Client;

    public ValueTask<TenantSnapshot> TenantAsync(TenantId tenant, CancellationToken cancellationToken) =>
        grains.Locate<ITenantGrain>(tenant.ToString()).DescribeAsync(cancellationToken);

    /// <summary>Whether a client was registered by the tenant's administrators before the tenant was deleted.</summary>
    public static bool IsOfEarlierLife(OAuthClient client, TenantSnapshot tenant) =>
        client.Tenant is not null && client.TenantGeneration != tenant.Generation;

    /// <summary>What the grant is worth now.</summary>
    public async ValueTask<GrantStanding> OfAsync(
        TenantId tenantId, GrantState grant, CancellationToken cancellationToken)
    {
        var tenant = await TenantAsync(tenantId, cancellationToken);
        if (tenant.Status != TenantStatus.Active || tenant.Generation != grant.TenantGeneration)
        {
            return new GrantStanding(null, TokenRefusal.TenantRefused);
        }

        // What a document says is asked when somebody lets it act; its host need not be up for tokens to be good.
        var client = grant.Client!.Value;
        var registered = client.IsDocument ? null : await ClientAsync(client, cancellationToken);
        if (!client.IsDocument && (registered is null || IsOfEarlierLife(registered, tenant)))
        {
            return new GrantStanding(null, TokenRefusal.ClientRefused);
        }

        if (UserId.TryOf(grant.Principal, out var user))
        {
            return await OfUserAsync(new UserKey(tenantId, user), cancellationToken);
        }

        // A client that acts for itself; there is no other kind of grant.
        var roles = registered?.Roles ?? [];
        return new GrantStanding(
            new PrincipalStanding(roles, RoleResolver.PermissionsOf(tenantId, tenant.Configuration, roles)), null);
    }

    private async ValueTask<GrantStanding> OfUserAsync(UserKey key, CancellationToken cancellationToken)
    {
        var standing = await grains.Locate<IUserGrain>(key.ToString()).StandingAsync(cancellationToken);
        return standing.Status == UserStatus.Active
            ? new GrantStanding(new PrincipalStanding(standing.Roles, standing.Permissions), null)
            : new GrantStanding(null, TokenRefusal.PrincipalRefused);
    }
}
