namespace Smcp.Threats;

/// <summary>The products that the threats attack: one as it is, and one for each control that is taken out.</summary>
public sealed class JailSites : IAsyncLifetime
{
    private readonly Dictionary<Removal, JailSite> _sites = new(ReferenceEqualityComparer.Instance);

    /// <summary>Nothing runs before the first is asked for.</summary>
    public Task InitializeAsync() => Task.CompletedTask;

    internal async Task<JailSite> WithoutAsync(Removal removal)
    {
        if (!_sites.TryGetValue(removal, out var site))
        {
            _sites[removal] = site = await JailSite.StartAsync(removal);
        }

        return site;
    }

    public async Task DisposeAsync()
    {
        foreach (var site in _sites.Values)
        {
            await site.DisposeAsync();
        }
    }
}
