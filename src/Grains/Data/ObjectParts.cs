using Smcp.Engine;
using Smcp.Identity;
using Smcp.Servers;

namespace Smcp.Data;

/// <summary>The parts of one server's objects, as one.</summary>
internal sealed class ObjectParts(IGrainLocator grains, TenantId tenant, ServerId server)
{
    /// <summary>The part that has this key.</summary>
    public IObjectsGrain Of(string key) => Locate(DataPartKey.Of(tenant, server, key));

    /// <summary>Each part gives its first names after the cursor; the first of them all are the page.</summary>
    public async Task<ObjectPage> ListAsync(ObjectQuery query, CancellationToken cancellationToken)
    {
        var more = query with { CountMax = query.CountMax + 1 };
        var parts = await Task.WhenAll(DataPartKey.All(tenant, server)
            .Select(part => Locate(part).ListAsync(more, cancellationToken).AsTask()));
        var found = parts.SelectMany(part => part)
            // What keys have in common, several parts may tell.
            .DistinctBy(item => item.Name)
            .OrderBy(item => item.Name, StringComparer.Ordinal)
            .Take(more.CountMax)
            .ToList();
        return new ObjectPage
        {
            Items = [.. found.Take(query.CountMax)],
            Next = found.Count > query.CountMax ? found[query.CountMax - 1].Name : null,
        };
    }

    private IObjectsGrain Locate(DataPartKey part) => grains.Locate<IObjectsGrain>(part.ToString());
}
