namespace Smcp.Engine;

/// <summary>
/// The engine's streams, used as bells: an item may be lost, repeated or reordered, so what it says is only
/// "look at the log". A stream is named by text and exists while somebody subscribes.
/// </summary>
public interface IStreamHub
{
    /// <summary>
    /// Offers an item to the stream's subscribers. Returns when it was handed over, not when it was received.
    /// </summary>
    ValueTask PublishAsync<TItem>(string stream, TItem item)
        where TItem : class;

    /// <summary>Receives a stream's items until the returned handle is disposed.</summary>
    ValueTask<IAsyncDisposable> SubscribeAsync<TItem>(string stream, Func<TItem, ValueTask> onItem)
        where TItem : class;
}
