using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Smcp.Identity;
using Smcp.Servers;

namespace Smcp.Network;

/// <summary>
/// The URLs that name things to clients: from configuration, or from the address bound to; never from a request, whose
/// Host its sender chooses.
/// </summary>
internal sealed class CanonicalUrls(IServer server, IOptions<GatewayOptions> gateway)
{
    private readonly Lazy<string> _base = new(() => BaseOf(
        gateway.Value.PublicUrls.FirstOrDefault()
        ?? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
        ?? "http://localhost"));

    /// <summary>The origin that clients use, without a slash at its end. Also the OAuth issuer.</summary>
    public string Base => _base.Value;

    /// <summary>The path of a server's endpoint.</summary>
    public static string PathOf(TenantId tenant, ServerId server) => $"/t/{tenant}/s/{server}/mcp";

    /// <summary>The URI of a server: the <c>resource</c> of RFC 8707, and the audience of its access tokens.</summary>
    public string ResourceOf(TenantId tenant, ServerId server) => Base + PathOf(tenant, server);

    /// <summary>The URI of the administration of every tenant: the audience of tokens for it.</summary>
    public string AdminResource => Base + "/api/v1";

    /// <summary>Where the metadata of the resource at a path is (RFC 9728 section 3.1).</summary>
    public string ResourceMetadataOf(string path) => $"{Base}/.well-known/oauth-protected-resource{path}";

    private static string BaseOf(string url)
    {
        var address = BindingAddress.Parse(url);
        var host = address.Host is "+" or "*" or "0.0.0.0" or "[::]" ? "localhost" : address.Host;
        return new UriBuilder(address.Scheme, host, address.Port).Uri.GetLeftPart(UriPartial.Authority);
    }
}
