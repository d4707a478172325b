using System.Diagnostics;

namespace Smcp;

[Collection("tracing")]
public sealed class GatewayTelemetryTests
{
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public async Task Span_IsAChildOfTheMessagesAndTheParentOfTheCall_WhenSomebodyListens()
    {
        var stopped = new TaskCompletionSource<Activity>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Smcp.Gateway",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.ParentId == Parent)
                {
                    stopped.TrySetResult(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var host = await GatewayHost.StartAsync();

        await host.SendAsync(McpWire.Stateless("tools/call", """{"name":"echo"}""", ("traceparent", Parent)));

        // The span ends after its answer went out.
        var seen = await stopped.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
        Assert.Equal(seen.Id, host.Grains.Shared.Calls.Single().Context.TraceParent);
        Assert.Equal("tools/call", seen.GetTagItem("mcp.method.name"));
    }
}
