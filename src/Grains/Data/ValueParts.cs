using Smcp.Engine;
using Smcp.Identity;
using Smcp.Servers;

namespace Smcp.Data;

/// <summary>The parts of one server's key-value store, as one.</summary>
internal sealed class ValueParts(IGrainLocator grains, TenantId tenant, ServerId server)
{
    /// <summary>The part that has this key.</summary>
    public IKeyValuesGrain Of(string key) => Locate(DataPartKey.Of(tenant, server, key));

    /// <summary>
    /// Each part gives its first keys after the cursor; the first of them all are the page. So the order holds over
    /// the parts, with no index that could say otherwise than they.
    /// </summary>
    public async Task<ValuePage> ListAsync(
        string prefix, string? after, int countMax, CancellationToken cancellationToken)
    {
        var parts = await Task.WhenAll(DataPartKey.All(tenant, server)
            .Select(part => Locate(part).ListAsync(prefix, after, countMax + 1, cancellationToken).AsTask()));
        var found = parts.SelectMany(part => part)
            .OrderBy(item => item.Key, StringComparer.Ordinal)
            .Take(countMax + 1)
            .ToList();
        return new ValuePage
        {
            Items = [.. found.Take(countMax)],
            Next = found.Count > countMax ? found[countMax - 1].Key : null,
        };
    }

    private IKeyValuesGrain Locate(DataPartKey part) => grains.Locate<IKeyValuesGrain>(part.ToString());
}
