using Smcp.Identity;
using Smcp.Runtimes.Upstream;
using Smcp.Runtimes.Upstream.Http;

namespace Smcp.Runtimes.Remote;

/// <summary>
/// The conversations with a server elsewhere: each client has its own, over the same connections. By Streamable HTTP,
/// or, where that is not understood, by HTTP+SSE (2025-03-26 transports, backwards compatibility).
/// </summary>
internal sealed class RemoteLinks(
    HttpLinkTarget target, RemoteTerms terms, Func<PrincipalId, IHttpCredentials>? credentials = null) : IUpstreamLinks
{
    private volatile bool _deprecated;

    /// <inheritdoc/>
    public bool IsShared => false;

    /// <inheritdoc/>
    public UpstreamEra? Era => null;

    /// <inheritdoc/>
    public bool IsOnePlace => true;

    /// <inheritdoc/>
    public bool TryOtherCarrier()
    {
        // Once what is there does not understand the old way either, the next client begins with the new one again.
        _deprecated = !_deprecated;
        return _deprecated;
    }

    /// <inheritdoc/>
    public ValueTask<UpstreamOpening> OpenAsync(UpstreamClient client, CancellationToken cancellationToken)
    {
        // A conversation is one principal's, and so is what it is let in by.
        var own = credentials is null ? target : target with { Credentials = credentials(client.Caller.Principal) };
        return new(UpstreamOpening.Opened(_deprecated
            ? new SseLink(own, terms.Upstream, terms.Time)
            : new HttpLink(own, terms.Upstream, terms.Http, terms.Time)));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        target.Http.Dispose();
        return ValueTask.CompletedTask;
    }
}
