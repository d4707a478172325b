using Microsoft.Extensions.Logging;
using Smcp.Identity;

namespace Smcp.Quotas.Cpu;

internal sealed partial class CpuQuota
{
    [LoggerMessage(
        EventIds.CpuNotReported, LogLevel.Warning,
        "Processor time of the tenant {Tenant}'s servers could not be reported: it is with the next report")]
    private static partial void LogNotReported(ILogger logger, TenantId tenant, Exception exception);
}
