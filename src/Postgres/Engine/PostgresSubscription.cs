using System.Threading.Channels;

namespace Smcp.Engine;

/// <summary>
/// One subscriber: its bells wait in a bounded queue, the oldest lost first, and are received one at a time.
/// </summary>
internal sealed class PostgresSubscription(
    string stream,
    Func<string, ValueTask> onText,
    int queueLengthMax,
    Action<Exception> onFault,
    Action<PostgresSubscription> remove) : IAsyncDisposable
{
    private readonly Channel<string> _queue = Channel.CreateBounded<string>(
        new BoundedChannelOptions(queueLengthMax)
        {
            FullMode = BoundedChannelFullMode.DropOldest,
            SingleReader = true,
        });

    public string Stream => stream;

    public void Offer(string text) => _queue.Writer.TryWrite(text);

    public void Start()
    {
        // The subscriber's context must not be that of whoever happened to subscribe.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(ReceiveAsync);
        }
    }

    public ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        remove(this);
        return ValueTask.CompletedTask;
    }

    private async Task ReceiveAsync()
    {
        await foreach (var text in _queue.Reader.ReadAllAsync())
        {
            try
            {
                await onText(text);
            }
            catch (Exception exception)
            {
                onFault(exception);
            }
        }
    }
}
