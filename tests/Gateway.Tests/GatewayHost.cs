using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Smcp.Engine;
using Smcp.Servers.Deploying;

namespace Smcp;

/// <summary>The gateway alone, on a real web server and a free port of loopback, over fake grains.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GatewayHost(WebApplication app, FakeGrains grains)
    {
        _app = app;
        Grains = grains;
        Url = new Uri(app.Urls.Last());
        // A test's certificate is its own; that it is the right one is what the tests of TLS look at.
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null;
        Client = new HttpClient(handler) { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(30) };
    }

    public FakeGrains Grains { get; }

    public Uri Url { get; }

    public IEnumerable<Uri> Urls => _app.Urls.Select(url => new Uri(url));

    public int Port => Url.Port;

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static Task<GatewayHost> StartAsync(
        TimeProvider? time = null, params (string Key, string Value)[] settings) =>
        ListenAsync("http://127.0.0.1:0", time, settings);

    /// <summary>The same on another address, of which there may be several.</summary>
    public static Task<GatewayHost> ListenAsync(
        string urls, TimeProvider? time, params (string Key, string Value)[] settings) =>
        BuildAsync(urls, time, static builder => builder.Logging.SetMinimumLevel(LogLevel.None), settings);

    /// <summary>The same with what a test adds to the host.</summary>
    public static async Task<GatewayHost> BuildAsync(
        string urls,
        TimeProvider? time,
        Action<WebApplicationBuilder> alter,
        params (string Key, string Value)[] settings)
    {
        var grains = new FakeGrains();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(
            settings.Select(pair => KeyValuePair.Create($"Smcp:Gateway:{pair.Key}", (string?)pair.Value)));
        builder.WebHost.UseKestrelCore().UseUrls(urls.Split(';'));
        alter(builder);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton<IGrainLocator>(grains);
        builder.Services.AddSingleton<IStreamHub>(grains);
        builder.Services.AddSingleton<IEngineFailures>(grains);
        builder.Services.AddSingleton<IServerBundles, NoBundles>();
        builder.Services.AddGateway(builder.Configuration);
        var app = builder.Build();
        app.MapGateway();
        await app.StartAsync();
        return new GatewayHost(app, grains);
    }

    /// <summary>Begins to stop, as Ctrl-C does.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>Whether the client's connection would be to this address: for tests that speak over a socket.</summary>
    public IPEndPoint Address => new(IPAddress.Loopback, Port);
}
