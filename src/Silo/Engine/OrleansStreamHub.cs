using Orleans.Streams;

namespace Smcp.Engine;

/// <summary>Bells on Orleans streams.</summary>
internal sealed class OrleansStreamHub(
    [FromKeyedServices(OrleansStreamHub.ProviderName)] IStreamProvider provider) : IStreamHub
{
    public const string ProviderName = "bells";

    /// <summary>How often a silo looks for bells to carry: what a bell may be late by.</summary>
    public static TimeSpan PollPeriod { get; } = TimeSpan.FromMilliseconds(20);

    public async ValueTask PublishAsync<TItem>(string stream, TItem item)
        where TItem : class =>
        await Stream<TItem>(stream).OnNextAsync(item);

    public async ValueTask<IAsyncDisposable> SubscribeAsync<TItem>(string stream, Func<TItem, ValueTask> onItem)
        where TItem : class =>
        new Subscription<TItem>(await Stream<TItem>(stream).SubscribeAsync((item, _) => onItem(item).AsTask()));

    private IAsyncStream<TItem> Stream<TItem>(string stream) =>
        provider.GetStream<TItem>(StreamId.Create(ProviderName, stream));

    private sealed class Subscription<TItem>(StreamSubscriptionHandle<TItem> handle) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await handle.UnsubscribeAsync();
    }
}
