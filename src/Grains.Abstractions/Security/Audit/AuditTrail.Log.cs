using Microsoft.Extensions.Logging;
using Smcp.Identity;

namespace Smcp.Security.Audit;

internal sealed partial class AuditTrail
{
    [LoggerMessage(
        EventIds.AuditNotRecorded, LogLevel.Error,
        "Audit events of tenant {Tenant} could not be stored")]
    private static partial void LogNotRecorded(ILogger logger, TenantId tenant, Exception exception);

    [LoggerMessage(
        EventIds.AuditRefused, LogLevel.Error,
        "The audit log of tenant {Tenant} refused {Action}: {Why}")]
    private static partial void LogRefused(ILogger logger, TenantId tenant, string action, string why);

    [LoggerMessage(
        EventIds.AuditLost, LogLevel.Critical,
        "{Count} audit events of tenant {Tenant} were lost when the process stopped")]
    private static partial void LogLost(ILogger logger, int count, TenantId tenant);
}
