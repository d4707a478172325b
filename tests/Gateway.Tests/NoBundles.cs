using Smcp.Mcp;
using Smcp.Servers;
using Smcp.Servers.Deploying;

namespace Smcp;

/// <summary>Takes no bundle.</summary>
internal sealed class NoBundles : IServerBundles
{
    public ValueTask<BundleOutcome> TakeAsync(
        ServerKey server, Stream archive, CancellationToken cancellationToken) =>
        new(new BundleOutcome { Fault = new McpFault(FaultReason.Unavailable, "Not here.") });
}
