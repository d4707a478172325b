using Smcp.Engine.Calls;
using Smcp.Engine.Proxies;

namespace Smcp.Engine.Responses;

/// <summary>
/// The result of a grain method that returns items. Nothing happens until somebody enumerates it; each enumeration is a
/// call of its own. The proxies' emitted classes derive from it, with a field for each argument.
/// </summary>
internal abstract class ResponseStream<TItem> : IAsyncEnumerable<TItem>
{
    private GrainReference? _grain;
    private CancellationToken _methodToken;

    /// <summary>For logs and time-outs.</summary>
    public abstract string Name { get; }

    public void Prepare(GrainReference grain, CancellationToken cancellationToken)
    {
        _grain = grain;
        _methodToken = cancellationToken;
    }

    public IAsyncEnumerator<TItem> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new ResponseReader<TItem>(_grain!, this, _methodToken, cancellationToken);

    /// <summary>Sends every argument through its wire form.</summary>
    public virtual void CrossWire(IWireForm wire)
    {
    }

    /// <summary>Calls the grain's method.</summary>
    public abstract IAsyncEnumerable<TItem> OpenAsync(object grain, CancellationToken cancellationToken);
}
