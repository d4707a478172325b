using Smcp.Engine.Activations;

namespace Smcp.Engine.Bells;

/// <summary>The streams as a grain has them: what it receives comes as turns, until its activation ends.</summary>
internal sealed class GrainBells(Activation activation) : IStreamHub
{
    public ValueTask PublishAsync<TItem>(string stream, TItem item)
        where TItem : class =>
        activation.Services.Streams.PublishAsync(stream, item);

    public async ValueTask<IAsyncDisposable> SubscribeAsync<TItem>(string stream, Func<TItem, ValueTask> onItem)
        where TItem : class
    {
        var inner = await activation.Services.Streams.SubscribeAsync<TItem>(
            stream,
            item =>
            {
                var turn = new BellTurn(stream, () => onItem(item));
                activation.Offer(turn, mayRunHere: false);
                return turn.Completion;
            });
        var subscription = new GrainSubscription(activation, inner);
        activation.Add(subscription);
        return subscription;
    }
}
