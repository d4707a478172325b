using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Smcp.Identity;
using Smcp.OAuth;
using Smcp.Servers;

namespace Smcp;

/// <summary>
/// The one place where the gateway's own URLs are made: from the configuration, else from the address that it is bound
/// to; never from what a request says (RFC 8414 section 2, RFC 9728 section 3.3: clients compare them as strings).
/// Bound addresses are known once the server has started.
/// </summary>
public sealed class CanonicalUrls
{
    private const string ProtectedResource = "/.well-known/oauth-protected-resource";

    private readonly Lazy<Uri> _base;

    internal CanonicalUrls(IServer server, IOptions<GatewayOptions> gateway) => _base = new Lazy<Uri>(() =>
        gateway.Value.PublicUrls.FirstOrDefault() is { } named
            ? new Uri(named)
            : Bound(server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []));

    /// <summary>Where clients find this gateway, without a slash at the end; it may have a path.</summary>
    public string Base => _base.Value.GetLeftPart(UriPartial.Path).TrimEnd('/');

    /// <summary>The issuer of tokens: the origin alone (RFC 8414 section 2).</summary>
    public string Issuer => _base.Value.GetLeftPart(UriPartial.Authority);

    /// <summary>Whether clients reach this gateway over TLS, here or at a proxy in front.</summary>
    public bool IsHttps => _base.Value.Scheme == Uri.UriSchemeHttps;

    /// <summary>The resource of a server (RFC 8707 section 2), which is the audience of its tokens.</summary>
    public string ResourceOf(TenantId tenant, ServerId server) => Base + PathOf(tenant, server);

    /// <summary>Where a server's resource metadata is (RFC 9728 section 3.1: before the resource's path).</summary>
    public string MetadataOf(TenantId tenant, ServerId server) =>
        Issuer + ProtectedResource + _base.Value.AbsolutePath.TrimEnd('/') + PathOf(tenant, server);

    /// <summary>The resource of the administration.</summary>
    public string AdminResource => Base + ResourceUris.AdminPath;

    /// <summary>Where its resource metadata is.</summary>
    public string AdminMetadata =>
        Issuer + ProtectedResource + _base.Value.AbsolutePath.TrimEnd('/') + ResourceUris.AdminPath;

    private static string PathOf(TenantId tenant, ServerId server) => $"/t/{tenant}/s/{server}/mcp";

    private static Uri Bound(ICollection<string> addresses)
    {
        var address = addresses.FirstOrDefault(a => a.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
            ?? addresses.FirstOrDefault()
            ?? throw new InvalidOperationException("Bound addresses are known only after the server has started.");
        var bound = BindingAddress.Parse(address);
        // Bound to every address: of those, the one that every machine has.
        var host = bound.Host is "+" or "*" || (IPAddress.TryParse(bound.Host, out var ip) && IsAny(ip))
            ? "localhost"
            : bound.Host;
        return new UriBuilder(bound.Scheme, host, bound.Port, bound.PathBase).Uri;
    }

    private static bool IsAny(IPAddress address) =>
        address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
