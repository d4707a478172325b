using Smcp.Engine.Calls;
using Smcp.Engine.Responses;

namespace Smcp.Engine.Proxies;

/// <summary>
/// A grain as its callers hold it. The emitted proxies derive from it: each of their methods makes the call object of
/// that method and hands it to one of the methods here, by its return type.
/// </summary>
internal abstract class GrainReference(GrainDirectory directory, string key, bool isInner)
{
    public EngineServices Services => directory.Services;

    public override string ToString() => $"{directory.GrainType}/{key}";

    /// <summary>Sends a call; its answer is awaited on the call itself.</summary>
    public void Launch(GrainCall call, CancellationToken cancellationToken) =>
        directory.Launch(call, key, isInner, cancellationToken);

    protected ValueTask<TResult> CallForValueTaskAsync<TResult>(
        ResultCall<TResult> call, CancellationToken cancellationToken)
    {
        Launch(call, cancellationToken);
        return call.Answer;
    }

    protected Task<TResult> CallForTaskAsync<TResult>(ResultCall<TResult> call, CancellationToken cancellationToken)
    {
        Launch(call, cancellationToken);
        return call.Answer.AsTask();
    }

    protected ValueTask CallForPlainValueTaskAsync(ResultCall<Nothing> call, CancellationToken cancellationToken)
    {
        Launch(call, cancellationToken);
        return call.Completion;
    }

    protected Task CallForPlainTaskAsync(ResultCall<Nothing> call, CancellationToken cancellationToken)
    {
        Launch(call, cancellationToken);
        return call.Completion.AsTask();
    }

    protected IAsyncEnumerable<TItem> CallForStreamAsync<TItem>(
        ResponseStream<TItem> stream, CancellationToken cancellationToken)
    {
        if (directory.Services.Wire is { } wire)
        {
            stream.CrossWire(wire);
        }

        stream.Prepare(this, cancellationToken);
        return stream;
    }
}
