namespace Smcp.Engine;

/// <summary>One subscriber is a whole gateway: a change rings for all of its streams before it has seen one.</summary>
public sealed class BellQueueTests
{
    private const int Streams = 10_000;

    [Fact]
    public async Task BurstOfBells_IsHeldWhole_ForASubscriberThatIsBusy()
    {
        await using var engine = new EmbeddedFixture();
        var isFree = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isDone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var heard = new HashSet<string>();
        await using var subscription = await engine.Streams.SubscribeAsync<string>("gateway", async item =>
        {
            await isFree.Task;
            if (heard.Add(item) && heard.Count == Streams)
            {
                isDone.SetResult();
            }
        });

        for (var stream = 0; stream < Streams; stream++)
        {
            await engine.Streams.PublishAsync("gateway", $"stream {stream}");
        }

        isFree.SetResult();
        await isDone.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
