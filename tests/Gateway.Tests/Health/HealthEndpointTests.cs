using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Smcp.Health;

public sealed class HealthEndpointTests
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_IsOk_WhenNothingKeepsTheNodeFromServing(string path)
    {
        await using var host = await GatewayHost.StartAsync();
        // A balancer asks by an address that no client uses.
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = "10.1.2.3:8080" } };

        using var answer = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("ok", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Ready_SaysWhy_WhenSomethingIsNot()
    {
        await using var host = await GatewayHost.BuildAsync("http://127.0.0.1:0", null, static builder =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.None);
            builder.Services.AddSingleton<IReadiness, Unready>();
        });

        using var ready = await host.Client.GetAsync("/health/ready");
        using var live = await host.Client.GetAsync("/health/live");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("not connected", await ready.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    [Fact]
    public async Task Health_IsOnlyRead()
    {
        await using var host = await GatewayHost.StartAsync();

        using var answer = await host.Client.PostAsync("/health/ready", null);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    private sealed class Unready : IReadiness
    {
        public string? Problem => "not connected";
    }
}
