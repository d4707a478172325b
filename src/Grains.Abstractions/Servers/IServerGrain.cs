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
}
