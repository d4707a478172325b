using System.Diagnostics;
using Smcp.Testing;

namespace Smcp;

[Collection("tracing")]
public sealed class GatewayTelemetryTests
{
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public async Task Span_IsAChildOfTheMessagesAndTheParentOfTheCall_WhenSomebodyListens()
    {
        Activity? seen = null;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Smcp.Gateway",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => seen = activity.ParentId == Parent ? activity : seen,
        };
        ActivitySource.AddActivityListener(listener);
        await using var host = await GatewayHost.StartAsync();

        await host.SendAsync(McpWire.Stateless("tools/call", """{"name":"echo"}""", ("traceparent", Parent)));

        Assert.NotNull(seen);
        Assert.Equal(Parent, seen.ParentId);
        Assert.Equal(seen.Id, host.Grains.Shared.Calls.Single().Context.TraceParent);
        Assert.Equal("tools/call", seen.GetTagItem("mcp.method.name"));
    }
}
