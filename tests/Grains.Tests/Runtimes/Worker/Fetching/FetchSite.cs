using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Smcp.Network.Egress;
using Smcp.Servers;

namespace Smcp.Runtimes.Worker.Fetching;

/// <summary>
/// A host on loopback under the names <c>api.example</c>, by http and https, <c>spare.example</c>, for which it has no
/// certificate, and <c>inside.example</c>, which nobody allowed as internal; and beside it what nobody may reach.
/// </summary>
internal sealed class FetchSite : IHostResolver, IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _authority;
    private readonly TcpListener _forbidden = new(IPAddress.Loopback, 0);

    private FetchSite(WebApplication app, string authority)
    {
        _app = app;
        _authority = authority;
        _forbidden.Start();
    }

    /// <summary>Where http is spoken.</summary>
    public int Port => new Uri(_app.Urls.First(url => url.StartsWith("http:", StringComparison.Ordinal))).Port;

    public int TlsPort => new Uri(_app.Urls.First(url => url.StartsWith("https:", StringComparison.Ordinal))).Port;

    /// <summary>A port of this machine that no worker may reach.</summary>
    public int ForbiddenPort => ((IPEndPoint)_forbidden.LocalEndpoint).Port;

    /// <summary>Whether one did.</summary>
    public bool WasReached => _forbidden.Pending();

    /// <summary>Answers a request.</summary>
    public RequestDelegate Answer { get; set; } = static _ => Task.CompletedTask;

    public static async Task<FetchSite> StartAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=api.example", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("api.example");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var authority = Path.GetTempFileName();
        await File.WriteAllTextAsync(authority, certificate.ExportCertificatePem());

        FetchSite? site = null;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate));
        });
        builder.Logging.SetMinimumLevel(LogLevel.None);
        var app = builder.Build();
        app.Run(context => site!.Answer(context));
        site = new FetchSite(app, authority);
        await app.StartAsync();
        return site;
    }

    /// <summary>Workers of an operator who allows this host's names as internal, but for one.</summary>
    public Task<WorkerHost> HostAsync() => WorkerHost.StartAsync(
        services => services.AddSingleton<IHostResolver>(this),
        ("Smcp:Egress:AuthoritiesFile", _authority),
        ("Smcp:Egress:AllowedNetworks:0", "127.0.0.0/8"),
        ("Smcp:EgressProxy:InternalPlaces:0", $"api.example:{Port}"),
        ("Smcp:EgressProxy:InternalPlaces:1", $"api.example:{TlsPort}"),
        ("Smcp:EgressProxy:InternalPlaces:2", $"spare.example:{TlsPort}"));

    /// <summary>A worker whose tenant allows all of these names, and more than anybody may reach.</summary>
    public ServerSettings Settings => new()
    {
        Runtime = RuntimeKind.Worker,
        Worker = new WorkerSettings { Main = "main.mjs", KeyValues = ["KV"] },
        Egress =
        [
            $"api.example:{Port}", $"api.example:{TlsPort}", $"spare.example:{TlsPort}",
            $"inside.example:{ForbiddenPort}", $"localhost:{ForbiddenPort}",
        ],
    };

    public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<IPAddress>>([IPAddress.Loopback]);

    public async ValueTask DisposeAsync()
    {
        _forbidden.Dispose();
        await _app.DisposeAsync();
        File.Delete(_authority);
    }
}
