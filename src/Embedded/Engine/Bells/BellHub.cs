using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine.Faults;

namespace Smcp.Engine.Bells;

/// <summary>The streams of one process. A stream is the list of its subscribers.</summary>
internal sealed class BellHub(IOptions<EmbeddedOptions> options, Chaos chaos, ILogger<BellHub> logger) : IStreamHub
{
    private readonly ConcurrentDictionary<string, ImmutableArray<BellSubscription>> _streams =
        new(StringComparer.Ordinal);

    public ValueTask PublishAsync<TItem>(string stream, TItem item)
        where TItem : class
    {
        ArgumentNullException.ThrowIfNull(item);
        if (_streams.TryGetValue(stream, out var subscriptions))
        {
            foreach (var subscription in subscriptions)
            {
                subscription.Offer(item, chaos.MeetsBells ? chaos.NextBellFate() : BellFate.None);
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IAsyncDisposable> SubscribeAsync<TItem>(string stream, Func<TItem, ValueTask> onItem)
        where TItem : class
    {
        ArgumentException.ThrowIfNullOrEmpty(stream);
        ArgumentNullException.ThrowIfNull(onItem);
        var subscription = new BellSubscription(
            stream,
            item => item is TItem typed ? onItem(typed) : default,
            options.Value.BellQueueLengthMax,
            logger,
            Remove);
        _streams.AddOrUpdate(
            stream,
            static (_, added) => [added],
            static (_, subscriptions, added) => subscriptions.Add(added),
            subscription);
        subscription.Start();
        return ValueTask.FromResult<IAsyncDisposable>(subscription);
    }

    private void Remove(BellSubscription subscription)
    {
        while (_streams.TryGetValue(subscription.Stream, out var subscriptions))
        {
            var rest = subscriptions.Remove(subscription);
            var isDone = rest.IsEmpty
                ? _streams.TryRemove(KeyValuePair.Create(subscription.Stream, subscriptions))
                : _streams.TryUpdate(subscription.Stream, rest, subscriptions);
            if (isDone)
            {
                return;
            }
        }
    }
}
