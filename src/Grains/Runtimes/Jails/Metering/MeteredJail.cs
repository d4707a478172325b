using Smcp.Identity;

namespace Smcp.Runtimes.Jails.Metering;

/// <summary>A jail that runs, and how much of its processor time was counted.</summary>
internal sealed class MeteredJail(TenantId tenant, IJailedProcess process)
{
    private readonly Lock _lock = new();
    private TimeSpan _counted;

    public TenantId Tenant => tenant;

    public IJailedProcess Process => process;

    /// <summary>What was not counted yet of all that it took.</summary>
    public TimeSpan Count(TimeSpan all)
    {
        lock (_lock)
        {
            var more = all - _counted;
            if (more <= TimeSpan.Zero)
            {
                return TimeSpan.Zero;
            }

            _counted = all;
            return more;
        }
    }
}
