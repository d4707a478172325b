using Smcp.Engine;
using Smcp.Identity;

namespace Smcp.Servers.Health;

/// <summary>
/// The last that a server's processes wrote to their standard error; key: <see cref="ServerKey"/>. In memory alone, and
/// bounded.
/// </summary>
[Grain("server-log")]
public interface IServerLogGrain
{
    /// <summary>From an instance: what its processes wrote, in order; their numbers are given here.</summary>
    [Interleaves]
    ValueTask AppendAsync(IReadOnlyList<ServerLogLine> lines, CancellationToken cancellationToken);

    /// <summary>
    /// Lines for an administrator of the tenant, the newest last: those after a number, or the last of those before
    /// one, or the last of all.
    /// </summary>
    [Interleaves]
    ValueTask<ServerLogPage> ReadAsync(
        CallContext context, long? after, long? before, int countMax, CancellationToken cancellationToken);
}
