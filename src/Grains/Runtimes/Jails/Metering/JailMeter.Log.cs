using Microsoft.Extensions.Logging;
using Smcp.Identity;

namespace Smcp.Runtimes.Jails.Metering;

internal sealed partial class JailMeter
{
    [LoggerMessage(
        EventIds.CpuUsedUp, LogLevel.Warning,
        "The servers of the tenant {Tenant} used up their processor time of today: its {Count} jails here are ended")]
    private static partial void LogUsedUp(ILogger logger, TenantId tenant, int count);
}
