using Smcp.Engine;
using Smcp.Identity;
using Smcp.Security.Access;

namespace Smcp.Servers;

/// <summary>Lists a tenant's servers; each says itself what it is.</summary>
internal class ServerListGrain(IActivationContext activation, IServerCatalog catalog, Authorizer authorizer)
    : IServerListGrain
{
    private const int PageMax = 200;

    private readonly TenantId _tenant = TenantId.Parse(activation.Key);

    public async ValueTask<ServerPage> ListAsync(
        CallContext context, string? after, int countMax, CancellationToken cancellationToken)
    {
        if (authorizer.Administer(context, _tenant, writes: false, AdminAreas.Servers) is { } fault)
        {
            return new ServerPage { Fault = fault };
        }

        var count = Math.Clamp(countMax, 1, PageMax);
        var all = _tenant == TenantId.Default ? catalog.Servers : [];
        var ids = all.Select(server => server.Id.ToString())
            .Where(id => string.CompareOrdinal(id, after) > 0)
            .Order(StringComparer.Ordinal)
            .Take(count + 1)
            .ToList();
        var servers = new List<ServerDescription>(count);
        foreach (var id in ids.Take(count))
        {
            var server = activation.Grains.Locate<IServerGrain>(new ServerKey(_tenant, ServerId.Parse(id)).ToString());
            var description = await server.ReadAsync(context, cancellationToken);
            if (description.Fault is null)
            {
                servers.Add(description);
            }
        }

        return new ServerPage { Servers = servers, Next = ids.Count > count ? ids[count - 1] : null };
    }
}
