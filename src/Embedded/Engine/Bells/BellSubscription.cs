using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Smcp.Engine.Faults;

namespace Smcp.Engine.Bells;

/// <summary>
/// One subscriber: its bells wait in a bounded queue, the oldest lost first, and are received one at a time.
/// </summary>
internal sealed partial class BellSubscription(
    string stream, Func<object, ValueTask> onItem, int queueLengthMax, ILogger logger, Action<BellSubscription> remove)
    : IAsyncDisposable
{
    private readonly Channel<object> _queue = Channel.CreateBounded<object>(
        new BoundedChannelOptions(queueLengthMax)
        {
            FullMode = BoundedChannelFullMode.DropOldest,
            SingleReader = true,
        });

    // Only ever set under test.
    private object? _heldBack;

    public string Stream => stream;

    public void Offer(object item, BellFate fate)
    {
        switch (fate)
        {
            case BellFate.Lost:
                return;
            case BellFate.Repeated:
                _queue.Writer.TryWrite(item);
                _queue.Writer.TryWrite(item);
                return;
            case BellFate.Delayed when Interlocked.Exchange(ref _heldBack, item) is { } earlier:
                _queue.Writer.TryWrite(earlier);
                return;
            case BellFate.Delayed:
                return;
        }

        _queue.Writer.TryWrite(item);
        if (_heldBack is not null && Interlocked.Exchange(ref _heldBack, null) is { } late)
        {
            _queue.Writer.TryWrite(late);
        }
    }

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
