using Smcp.Engine.Calls;

namespace Smcp.Engine.Responses;

/// <summary>
/// One pull of a response stream; the first opens it. Once begun it may be held for as long as nothing comes.
/// </summary>
internal sealed class PullCall<TItem>(ResponseStream<TItem> stream, ResponseProducer<TItem>? producer)
    : ResultCall<ResponseBatch<TItem>>
{
    private bool _isBegun;

    public ResponseProducer<TItem>? Producer => Volatile.Read(ref producer);

    public override string Name => stream.Name;

    public override bool Interleaves => true;

    public override bool IsBound => Producer is not null;

    public override bool IsHeld => _isBegun;

    /// <summary>A pull that its caller gave up ends the stream.</summary>
    public override void CancelGrain() => Producer?.Dispose();

    protected override ValueTask<ResponseBatch<TItem>> InvokeAsync(object grain)
    {
        _isBegun = true;
        if (Producer is null)
        {
            Volatile.Write(ref producer, new ResponseProducer<TItem>(Target!, stream));
        }

        return Producer!.PullAsync();
    }
}
