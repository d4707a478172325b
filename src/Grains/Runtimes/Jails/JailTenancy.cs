using Smcp.Identity;
using Smcp.Jailer.Orders;

namespace Smcp.Runtimes.Jails;

/// <summary>
/// Keeps jails of level <c>user</c>, which are all of one user of the host, to one tenant: the first that starts one in
/// this process.
/// </summary>
internal sealed class JailTenancy
{
    private readonly Lock _lock = new();
    private TenantId? _only;

    /// <summary>Why a jail of the tenant may not start; null when it may.</summary>
    public string? Refusal(TenantId tenant, JailReply ready)
    {
        lock (_lock)
        {
            if (ready.Level == JailLevel.Full)
            {
                return null;
            }

            _only ??= tenant;
            return _only == tenant
                ? null
                : "Jails of this node are for one tenant, and run programs of another: "
                    + $"{string.Join("; ", ready.Problems)}. Run the jailer as root (docs/operations.md).";
        }
    }
}
