namespace Smcp.Runtimes.Upstream;

/// <summary>A link, and the ids of what is asked by it.</summary>
internal sealed class UpstreamSender(IUpstreamLink link, UpstreamCalls calls, UpstreamTerms terms)
{
    private long _lastId;

    public IUpstreamLink Link => link;

    public UpstreamRequest Next(string method, ReadOnlyMemory<byte> parameters) =>
        new(Interlocked.Increment(ref _lastId), method, parameters);

    /// <summary>A request of our own, that belongs to no client's call.</summary>
    public ValueTask<UpstreamAnswer> AskAsync(
        string method, ReadOnlyMemory<byte> parameters, CancellationToken cancellationToken) =>
        link.RequestAsync(Next(method, parameters), calls, cancellationToken);

    /// <summary>
    /// A request of our own that no client waits for: a server that does not answer is not waited for either.
    /// </summary>
    public async ValueTask TellAsync(
        string method, ReadOnlyMemory<byte> parameters, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(terms.Options.ControlTimeout, terms.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        await AskAsync(method, parameters, either.Token);
    }
}
