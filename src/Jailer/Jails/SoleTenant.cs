namespace Smcp.Jailer.Jails;

/// <summary>
/// Keeps jails of level <c>user</c>, which are all of one user of the host, to one tenant: the first that has one, by
/// whichever process of Smcp it was ordered.
/// </summary>
internal sealed class SoleTenant
{
    private string? _only;

    /// <param name="name">The name of a jail: <c>tenant/server</c>.</param>
    public bool Admits(string name)
    {
        var tenant = name.Split('/')[0];
        return (Interlocked.CompareExchange(ref _only, tenant, null) ?? tenant) == tenant;
    }
}
