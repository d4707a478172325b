namespace Smcp.Servers;

/// <summary>Ids under which something of the host's own is kept with a tenant: no server can have one.</summary>
public static class ReservedServers
{
    /// <summary>Where the images of a tenant's servers are, as objects (decision 78).</summary>
    public static ServerId Images { get; } = ServerId.Parse("smcp-images");

    public static bool Contains(ServerId server) => server == Images;
}
