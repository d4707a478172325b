using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Smcp.TestSupport;

namespace Smcp;

/// <summary>A secret in a URL or a header is in no log line and no span, whatever is turned on.</summary>
public sealed class SecretTests : IDisposable
{
    private const string Canary = "canary-7f3a";
    private readonly CollectedLog _said = new();

    public void Dispose() => _said.Dispose();

    [Fact]
    public async Task Secret_IsNotLoggedOrTraced_WhenARequestHoldsIt()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => _said.Add(
                $"{activity.Source.Name} {activity.DisplayName} {string.Join(' ', activity.TagObjects)}"),
        };
        ActivitySource.AddActivityListener(listener);
        await using (var host = await GatewayHost.BuildAsync("http://127.0.0.1:0", null, builder =>
        {
            builder.Configuration["Logging:LogLevel:Default"] = "Trace";
            builder.Configuration["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "Trace";
            builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace)
                .AddConfiguration(builder.Configuration.GetSection("Logging")).AddProvider(_said));
        }))
        {
            foreach (var query in new[] { $"access_token={Canary}", $"q={Canary}" })
            {
                var request = McpWire.Post(McpWire.Initialize("2025-11-25"), ("X-Any", Canary));
                request.RequestUri = new Uri($"{McpWire.Path}?{query}", UriKind.Relative);
                using var response = await host.Client.SendAsync(request);
            }

            using var socket = await RawSocket.ConnectAsync(host);
            await socket.SendAsync($"GET /?access_token={Canary} NONSENSE\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 505", await socket.ReadToEndAsync(), StringComparison.Ordinal);
        }

        Assert.Contains(_said.Lines, line => line.Contains("shipped.query-token", StringComparison.Ordinal));
        Assert.Contains(_said.Lines, line => line.StartsWith("Smcp.Gateway mcp", StringComparison.Ordinal));
        Assert.False(_said.Holds(Canary));
    }
}
