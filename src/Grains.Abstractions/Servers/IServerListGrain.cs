using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Servers.Deploying;

namespace Smcp.Servers;

/// <summary>A tenant's servers; key: the tenant.</summary>
[Grain("server-list")]
public interface IServerListGrain
{
    /// <summary>The servers after an id (null: from the first), for an administrator of the tenant.</summary>
    [Interleaves]
    ValueTask<ServerPage> ListAsync(
        CallContext context, string? after, int countMax, CancellationToken cancellationToken);

    /// <summary>The servers that the caller may reach, by id, at most so many: what a page offers its user.</summary>
    [Interleaves]
    ValueTask<IReadOnlyList<ServerId>> OfferAsync(
        CallContext context, int countMax, CancellationToken cancellationToken);

    /// <summary>For operators: gives the tenant a server under this id, or that one another source.</summary>
    ValueTask<ServerDescription> DeployAsync(
        CallContext context, ServerId server, ServerDeployment deployment, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a version of a server, for an administrator of the tenant; the server too, where it is the first.
    /// </summary>
    ValueTask<VersionDescription> AddVersionAsync(
        CallContext context, ServerId server, VersionRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Ends a server that was deployed; for operators, where it came with the process. Requests to it find none within
    /// some seconds. Null, or why not.
    /// </summary>
    ValueTask<McpFault?> RemoveAsync(CallContext context, ServerId server, CancellationToken cancellationToken);

    /// <summary>From a user's grain, when they were disabled: ends their connections to all the servers.</summary>
    [Interleaves]
    ValueTask EndConnectionsAsync(PrincipalId principal, CancellationToken cancellationToken);
}
