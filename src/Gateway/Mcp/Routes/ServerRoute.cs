using Smcp.Auth;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Servers;

namespace Smcp.Mcp.Routes;

/// <summary>
/// A server's endpoint: <c>/t/{tenant}/s/{server}/mcp</c>. Kept, with the references that every request needs.
/// </summary>
internal sealed class ServerRoute(TenantId tenant, ServerId server, IGrainLocator grains, CanonicalUrls urls)
{
    private Held? _held;

    public TenantId Tenant => tenant;

    public ServerId Server => server;

    /// <summary>The server's canonical URI: what access tokens for it have as audience (RFC 8707).</summary>
    public string Resource { get; } = urls.ResourceOf(tenant, server);

    /// <summary>Where the metadata of the resource is (RFC 9728).</summary>
    public string ResourceMetadata { get; } = urls.MetadataOf(tenant, server);

    /// <summary>Who calls without a credential.</summary>
    public Caller Anonymous { get; } = Caller.Anonymous(tenant);

    public IServerGrain Grain { get; } = grains.Locate<IServerGrain>(new ServerKey(tenant, server).ToString());

    public IInstanceGrain SharedInstance { get; } =
        grains.Locate<IInstanceGrain>(new InstanceKey(tenant, server, InstanceKey.Shared).ToString());

    /// <summary>The definition, if one was kept not longer ago than it may be.</summary>
    public ServerDefinition? FreshDefinition(TimeProvider time, TimeSpan lifetime) =>
        Volatile.Read(ref _held) is { } held && time.GetElapsedTime(held.At) < lifetime ? held.Definition : null;

    public void Keep(ServerDefinition definition, TimeProvider time) =>
        Volatile.Write(ref _held, new Held(definition, time.GetTimestamp()));

    private sealed record Held(ServerDefinition Definition, long At);
}
