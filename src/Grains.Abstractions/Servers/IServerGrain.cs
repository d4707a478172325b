using Smcp.Engine;
using Smcp.Identity;

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
}
