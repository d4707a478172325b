using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Smcp.Network.Tls;

/// <summary>
/// Gives each <c>https</c> address of <c>--urls</c> our certificates. Kestrel's own way to them takes one certificate
/// at the start, or chooses without its issuers; and it falls back to a developer's, which nobody here must need.
/// </summary>
internal sealed class KestrelTls(
    IConfiguration configuration, IServiceProvider services, IOptions<TlsOptions> tls)
    : IConfigureOptions<KestrelServerOptions>
{
    public static string[] UrlsOf(IConfiguration configuration) =>
        (configuration[WebHostDefaults.ServerUrlsKey] ?? string.Empty)
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static bool IsSecure(string url) => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    public void Configure(KestrelServerOptions options)
    {
        var urls = UrlsOf(configuration);
        if (!urls.Any(IsSecure))
        {
            return;
        }

        var certificates = services.GetRequiredService<TlsCertificates>();
        var open = urls.Select(BindingAddress.Parse).ToList();
        // Kestrel comes once for each address, in their order; with port 0 the order alone tells two of them apart.
        options.ConfigureEndpointDefaults(listen =>
        {
            var address = open.Find(a => Fits(a, listen));
            if (address is not null)
            {
                open.Remove(address);
            }

            if (address is not null && IsSecure(address.Scheme + ":"))
            {
                listen.UseHttps(new TlsHandshakeCallbackOptions
                {
                    HandshakeTimeout = tls.Value.HandshakeTimeout,
                    OnConnection = hello =>
                        ValueTask.FromResult(certificates.TermsFor(hello.ClientHelloInfo.ServerName)),
                });
            }
        });
    }

    private static bool Fits(BindingAddress address, ListenOptions listen)
    {
        if (listen.EndPoint is not IPEndPoint { Port: var port, Address: var ip } || address.IsUnixPipe)
        {
            return address.IsUnixPipe && listen.SocketPath == address.UnixPipePath;
        }

        var host = address.Host.Trim('[', ']');
        return address.Port == port && (
            string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.IsLoopback(ip)
            : IPAddress.TryParse(host, out var named) ? named.Equals(ip)
            : ip.Equals(IPAddress.IPv6Any) || ip.Equals(IPAddress.Any));
    }
}
