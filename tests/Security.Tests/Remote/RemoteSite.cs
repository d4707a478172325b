using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;
using Smcp.Runtimes.CSharp;
using Smcp.Runtimes.Remote;
using Smcp.Samples.Everything;
using Smcp.Servers;

namespace Smcp.Remote;

/// <summary>Two of the product: a front whose server is the other's, over HTTP.</summary>
internal sealed class RemoteSite : IAsyncDisposable
{
    private readonly SecurityHost _back;
    private readonly SecurityHost _front;

    private RemoteSite(SecurityHost back, SecurityHost front, EraFilter filter)
    {
        _back = back;
        _front = front;
        Filter = filter;
    }

    public EraFilter Filter { get; }

    public Uri Endpoint => new(_front.Url, "t/default/s/remote/mcp");

    /// <param name="era">The only era that the server behind knows; null for both.</param>
    /// <param name="allowsBack">Whether the operator named the place of the server behind.</param>
    public static async Task<RemoteSite> StartAsync(string? era = null, bool allowsBack = true)
    {
        var filter = new EraFilter(era);
        var back = await SecurityHost.StartAsync(
            services => services
                .AddCSharpServers(typeof(EverythingServer).Assembly)
                .AddSingleton(TimeProvider.System)
                .AddSingleton<IStartupFilter>(filter),
            ("Smcp:CSharp:Access", "Public"));
        var settings = new RemoteSettings { Url = new Uri(back.Url, "t/default/s/everything/mcp").ToString() };
        var front = await SecurityHost.StartAsync(
            services => services
                .AddRemoteServers()
                .AddSingleton(TimeProvider.System)
                .AddSingleton<IServerCatalog>(new RemoteCatalog(settings)),
            ("Smcp:Remote:RequireTls", "false"),
            ("Smcp:Egress:AllowedNetworks:0", "127.0.0.0/8"),
            ("Smcp:EgressProxy:InternalPlaces:0", allowsBack ? $"127.0.0.1:{back.Url.Port}" : "127.0.0.1:1"));
        return new RemoteSite(back, front, filter);
    }

    /// <summary>The official client, by this revision.</summary>
    public Task<McpClient> ConnectAsync(McpClientOptions options, string? credential = null) => McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = Endpoint,
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = credential is null
                ? null
                : new Dictionary<string, string> { ["X-Client-Secret"] = credential, ["Cookie"] = credential },
        }),
        options);

    public async ValueTask DisposeAsync()
    {
        await _front.DisposeAsync();
        await _back.DisposeAsync();
    }
}
