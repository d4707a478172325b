using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Identity;
using Smcp.Security.Audit;
using Smcp.Servers;
using Smcp.TestSupport;

namespace Smcp.Network.Egress;

public sealed class ServerHttpTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly RecordedAudit _audit = new();

    public ServerHttpTests() => _listener.Start();

    private string Place => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    [Fact]
    public async Task Network_ThatIsAllowedToOurselves_IsNotReached()
    {
        await using var services = Services(("Smcp:Egress:AllowedNetworks:0", "127.0.0.0/8"));

        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(services));

        Assert.False(_listener.Pending());
        var entry = Assert.Single(_audit.Events);
        Assert.Equal(("egress.denied", "internal"), (entry.Action, entry.Reason));
        Assert.Equal($"server/there {Place}", entry.Target);
    }

    [Fact]
    public async Task Place_ThatAnOperatorNamed_IsReached()
    {
        await using var services = Services(("Smcp:EgressProxy:InternalPlaces:0", Place));

        var asking = AskAsync(services);

        using (var client = await _listener.AcceptTcpClientAsync())
        {
            await client.GetStream().WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray());
            Assert.Equal(HttpStatusCode.NoContent, (await asking).StatusCode);
        }

        Assert.Empty(_audit.Events);
    }

    public void Dispose() => _listener.Dispose();

    private async Task<HttpResponseMessage> AskAsync(ServiceProvider services)
    {
        using var http = new HttpMessageInvoker(services.GetRequiredService<ServerHttp>()
            .CreateHandler(TenantId.Parse("acme"), ServerId.Parse("there")));
        return await http.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"http://{Place}/"), default);
    }

    private ServiceProvider Services(params (string Key, string Value)[] settings) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build())
        .AddSingleton(TimeProvider.System)
        .AddSingleton<IAuditTrail>(_audit)
        .AddEgress()
        .BuildServiceProvider();
}
