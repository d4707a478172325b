using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Servers;

/// <summary>What a tenant deployed; key: <see cref="ServerKey"/>.</summary>
[Grain("server")]
public interface IServerGrain
{
    /// <summary>The definition in force. Callers may hold it for some seconds.</summary>
    [Interleaves]
    ValueTask<ServerLookup> DescribeAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>The definition in force, for an administrator of the tenant.</summary>
    [Interleaves]
    ValueTask<ServerDescription> ReadAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Says who may reach the server, whatever its definition says; durable before it returns. Another version of the
    /// policy in force than the expected one is a conflict; null expects nothing.
    /// </summary>
    ValueTask<ServerDescription> SetAccessAsync(
        CallContext context, ServerAccess access, long? expected, CancellationToken cancellationToken);

    /// <summary>
    /// From the tenant's list of servers, for operators: makes the tenant have this server, for its members to begin
    /// with; durable before it returns. One that is there gets the new source, and keeps who may reach it.
    /// </summary>
    ValueTask<ServerDescription> DeployAsync(
        CallContext context, ServerDeployment deployment, CancellationToken cancellationToken);

    /// <summary>
    /// From the tenant's list of servers, for operators: ends what was deployed; durable before it returns. Null, or
    /// why not.
    /// </summary>
    ValueTask<McpFault?> RemoveAsync(CallContext context, CancellationToken cancellationToken);
}
