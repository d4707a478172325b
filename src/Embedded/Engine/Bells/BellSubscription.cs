using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Smcp.Engine.Bells;

/// <summary>One subscriber: its bells wait in a bounded queue, the oldest lost first, and are received one at a time.</summary>
internal sealed partial class BellSubscription(
    string stream, Func<object, ValueTask> onItem, int queueLengthMax, ILogger logger, Action<BellSubscription> remove)
    : IAsyncDisposable
{
    private readonly Channel<object> _queue = Channel.CreateBounded<object>(
        new BoundedChannelOptions(queueLengthMax) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public string Stream => stream;

    public void Offer(object item) => _queue.Writer.TryWrite(item);

    public void Start()
    {
        // The subscriber's context must not be that of whoever happened to subscribe.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(ReceiveAsync);
        }
    }

    /// <summary>Ends it. An item that is being received may still be so when this returns.</summary>
    public ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        remove(this);
        return ValueTask.CompletedTask;
    }

    private async Task ReceiveAsync()
    {
        await foreach (var item in _queue.Reader.ReadAllAsync())
        {
            try
            {
                await onItem(item);
            }
            catch (Exception exception)
            {
                LogBellFaulted(stream, exception);
            }
        }
    }
}
