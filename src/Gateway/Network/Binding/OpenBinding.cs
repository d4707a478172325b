using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Smcp.Servers;

namespace Smcp.Network.Binding;

/// <summary>
/// Whether a host may listen where other machines reach it. It may when callers are asked who they are, and what they
/// send is not read on the way. Servers that anybody may use stay on loopback in any case.
/// </summary>
public sealed record OpenBinding
{
    private const string UrlsKey = "urls";
    private const string EndpointsKey = "Kestrel:Endpoints";
    private const string AccessKey = "Smcp:CSharp:Access";
    private const string PublicUrlKey = "Smcp:Gateway:PublicUrls:0";
    private const string RequireTlsKey = "Smcp:Gateway:Tls:RequireTls";

    /// <summary>Where the host listens, as in <c>--urls</c>.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>Whether callers must prove who they are.</summary>
    public bool HasIdentity { get; init; }

    /// <summary>Whether a server without callers' identity is served: the anonymous samples.</summary>
    public bool ServesAnonymous { get; init; }

    /// <summary>The first public URL, if there is one.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Whether plain HTTP is refused from other machines (<c>Smcp:Gateway:Tls:RequireTls</c>).</summary>
    public bool RequireTls { get; init; } = true;

    /// <summary>Whether the operator takes it upon himself (<c>--unsafe-open</c>).</summary>
    public bool UnsafeOpen { get; init; }

    /// <summary>What the configuration says of a host that asks callers who they are.</summary>
    public static OpenBinding Of(IConfiguration configuration) => new()
    {
        Urls =
        [
            .. (configuration[UrlsKey] ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries),
            .. configuration.GetSection(EndpointsKey).GetChildren().Select(e => e["Url"]).OfType<string>(),
        ],
        HasIdentity = true,
        ServesAnonymous = string.Equals(
            configuration[AccessKey], nameof(ServerAccessKind.Public), StringComparison.OrdinalIgnoreCase),
        PublicUrl = configuration[PublicUrlKey],
        RequireTls = configuration.GetValue(RequireTlsKey, defaultValue: true),
    };

    /// <summary>One sentence when the host may not listen there.</summary>
    public string? Problem()
    {
        // A public address beyond loopback says that something in front brings others to a socket on loopback.
        var open = Urls.FirstOrDefault(url => !IsLoopback(url));
        if (UnsafeOpen || (open ?? (PublicUrl is { } url && !IsLoopback(url) ? url : null)) is not { } reached)
        {
            return null;
        }

        if (!HasIdentity)
        {
            return $"{reached} is reachable from other machines, and Smcp lets everybody in who reaches it; "
                + "listen on 127.0.0.1, or say --unsafe-open if something in front asks who calls.";
        }

        if (ServesAnonymous)
        {
            return $"{reached} is reachable from other machines, and servers for anonymous callers stay on loopback; "
                + "listen on 127.0.0.1, or serve none of them.";
        }

        if (open is null)
        {
            return null;
        }

        if (PublicUrl is null)
        {
            return $"{open} is reachable from other machines: --public-url must say the address that clients use.";
        }

        return RequireTls && !PublicUrl.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            ? $"{PublicUrl} would carry credentials in clear: use an https address, or set "
                + "Smcp:Gateway:Tls:RequireTls=false where the network itself is trusted."
            : null;
    }

    private static bool IsLoopback(string address)
    {
        try
        {
            var bound = BindingAddress.Parse(address);
            var host = bound.Host.Trim('[', ']');
            return bound.IsUnixPipe
                || string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
                || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));
        }
        catch (FormatException)
        {
            // Not an address at all: the server says so, in its own words, when it binds.
            return true;
        }
    }
}
