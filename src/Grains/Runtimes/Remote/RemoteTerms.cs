using Microsoft.Extensions.Logging;
using Smcp.Connections;
using Smcp.Runtimes.Upstream;
using Smcp.Runtimes.Upstream.Http;

namespace Smcp.Runtimes.Remote;

/// <summary>What the conversations of one server elsewhere go by.</summary>
internal sealed record RemoteTerms(
    IRuntimeEvents Events,
    UpstreamRuntimeOptions Upstream,
    HttpLinkOptions Http,
    ConnectionAccess Access,
    TimeProvider Time,
    ILogger Logger)
{
    public UpstreamTerms For(IUpstreamLinks links) => new(links, Events, Upstream, Time, Logger);
}
