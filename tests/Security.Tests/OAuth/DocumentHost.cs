using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Smcp.Network.Egress;

namespace Smcp.OAuth;

/// <summary>
/// A host of client documents, over https on loopback under the name <c>client.example</c>, and what Smcp needs to
/// reach it: a resolver, an allowed network, and its certificate as the authority.
/// </summary>
internal sealed class DocumentHost : IHostResolver, IAsyncDisposable
{
    public const string Name = "client.example";
    public const string OtherName = "other.example";

    private readonly WebApplication _app;
    private readonly string _authority;
    private int _requests;
    private int _resolutions;

    private DocumentHost(WebApplication app, string authority)
    {
        _app = app;
        _authority = authority;
    }

    /// <summary>How many requests came.</summary>
    public int Requests => _requests;

    /// <summary>How often a name was resolved.</summary>
    public int Resolutions => _resolutions;

    /// <summary>What every name resolves to.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; set; } = [IPAddress.Loopback];

    /// <summary>Answers a request.</summary>
    public RequestDelegate Answer { get; set; } = static _ => Task.CompletedTask;

    public string Origin => $"https://{Name}:{new Uri(_app.Urls.Single()).Port}";

    public string ClientId => Origin + "/client.json";

    public static async Task<DocumentHost> StartAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Name);
        names.AddDnsName(OtherName);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var authority = Path.GetTempFileName();
        await File.WriteAllTextAsync(authority, certificate.ExportCertificatePem());

        DocumentHost? host = null;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.Services.Configure<KestrelServerOptions>(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        builder.Logging.SetMinimumLevel(LogLevel.None);
        var app = builder.Build();
        app.Run(context =>
        {
            Interlocked.Increment(ref host!._requests);
            return host.Answer(context);
        });
        host = new DocumentHost(app, authority);
        await app.StartAsync();
        return host;
    }

    /// <summary>Smcp, which reaches this host and nothing else of loopback.</summary>
    public Task<SecurityHost> StartSmcpAsync(
        bool isAllowed = true, params (string Key, string Value)[] settings) => SecurityHost.StartAsync(
            services => services.AddSingleton<IHostResolver>(this),
            [
                ("Smcp:Egress:AllowedNetworks:0", isAllowed ? "127.0.0.1/32" : "192.0.2.0/24"),
                ("Smcp:Egress:AuthoritiesFile", _authority),
                .. settings,
            ]);

    /// <summary>Answers with this document.</summary>
    public void Serve(string json, string? cacheControl = null, string contentType = "application/json") =>
        Answer = async context =>
        {
            context.Response.ContentType = contentType;
            if (cacheControl is not null)
            {
                context.Response.Headers.CacheControl = cacheControl;
            }

            await context.Response.WriteAsync(json);
        };

    /// <summary>A document that passes every rule, with some fields more.</summary>
    public string Document(string more = "", string? id = null) =>
        $$"""{"client_id":"{{id ?? ClientId}}","client_name":"Doc","redirect_uris":["https://a.example/cb"]{{more}}}""";

    public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _resolutions);
        return Task.FromResult(Addresses);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        File.Delete(_authority);
    }
}
