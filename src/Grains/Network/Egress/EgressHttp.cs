using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace Smcp.Network.Egress;

/// <summary>
/// Makes the handlers by which we ask other systems: they reach no internal address, follow no redirect, keep no cookie
/// and use no proxy. Whoever makes one owns it.
/// </summary>
internal sealed class EgressHttp(EgressGuard guard, IOptions<EgressOptions> options)
{
    public SocketsHttpHandler CreateHandler() => CreateHandler(guard.ConnectAsync);

    /// <summary>One whose connections another makes, that checks them.</summary>
    public SocketsHttpHandler CreateHandler(
        Func<DnsEndPoint, CancellationToken, ValueTask<Stream>> connect) => new()
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            Credentials = null,
            MaxResponseHeadersLength = options.Value.HeaderKilobytesMax,
            MaxConnectionsPerServer = options.Value.ConnectionsPerHostMax,
            PooledConnectionLifetime = options.Value.ConnectionLifetime,
            ConnectTimeout = options.Value.ConnectTimeout,
            ConnectCallback = (context, cancellationToken) => connect(context.DnsEndPoint, cancellationToken),
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trust() },
        };

    private X509ChainPolicy? Trust()
    {
        if (options.Value.AuthoritiesFile is not { } file)
        {
            return null;
        }

        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.ImportFromPemFile(file);
        return policy;
    }
}
