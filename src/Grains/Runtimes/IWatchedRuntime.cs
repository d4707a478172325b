using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Runtimes;

/// <summary>A runtime whose server must be told who wants to hear of its changes, since it runs elsewhere.</summary>
internal interface IWatchedRuntime : IServerRuntime
{
    /// <summary>The resources whose updates a session wants from now on: all of them.</summary>
    ValueTask SubscribeAsync(string session, IReadOnlyCollection<string> uris, CancellationToken cancellationToken);

    /// <summary>
    /// A client without session listens, by this request, for changes of the lists and of these resources, until the
    /// watch is disposed of. Null where the server cannot be told.
    /// </summary>
    ValueTask<IRuntimeWatch?> ListenAsync(
        CallContext caller, McpCall listen, IReadOnlySet<string> uris, CancellationToken cancellationToken);
}
