using Microsoft.Extensions.Logging;
using Smcp.Identity;

namespace Smcp.Security.Audit;

internal partial class AuditGrain
{
    [LoggerMessage(
        EventIds.AuditBroken, LogLevel.Critical,
        "The audit log of tenant {Tenant} is other than it was left: {Problem}")]
    private static partial void LogBroken(ILogger logger, TenantId tenant, string problem);

    [LoggerMessage(
        EventIds.AuditWriteFailed, LogLevel.Error,
        "The audit log of tenant {Tenant} could not be stored: its activation ends")]
    private static partial void LogWriteFailed(ILogger logger, TenantId tenant, Exception exception);

    [LoggerMessage(
        EventIds.AuditSweepFailed, LogLevel.Warning,
        "The retention of tenant {Tenant} could not be asked for: nothing is dropped until the next sweep")]
    private static partial void LogSweepFailed(ILogger logger, TenantId tenant, Exception exception);

    [LoggerMessage(
        EventIds.AuditSwept, LogLevel.Information,
        "The audit log of tenant {Tenant} dropped {Count} records; its newest is {Sequence} with hash {Hash}")]
    private static partial void LogSwept(ILogger logger, TenantId tenant, long count, long sequence, string hash);
}
