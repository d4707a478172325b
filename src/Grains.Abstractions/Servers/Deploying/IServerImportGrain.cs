using Smcp.Engine;
using Smcp.Identity;

namespace Smcp.Servers.Deploying;

/// <summary>
/// Brings what a version of a server is made of and is elsewhere, before the version is made; key:
/// <see cref="ServerKey"/>. It may take longer than a call of a grain, so it is begun and then asked for.
/// </summary>
[Grain("server-import")]
public interface IServerImportGrain
{
    /// <summary>
    /// The request as it is, where nothing is to be brought; a ticket, where it is; or why not.
    /// <see cref="Mcp.FaultReason.Conflict"/>: something else is being brought for the server.
    /// </summary>
    ValueTask<ImportOutcome> BeginAsync(
        CallContext context, VersionRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Waits some seconds for what was begun: the request that it comes to, the ticket again, or why not. An import
    /// that is over is said again until another is begun.
    /// </summary>
    [Interleaves]
    ValueTask<ImportOutcome> WaitAsync(CallContext context, string ticket, CancellationToken cancellationToken);
}
