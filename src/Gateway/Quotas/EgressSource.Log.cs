using Microsoft.Extensions.Logging;
using Smcp.Engine;

namespace Smcp.Quotas;

internal sealed partial class EgressSource
{
    [LoggerMessage(
        EventIds.EgressNotReported, LogLevel.Warning,
        "What was sent for the tenant {Tenant} could not be reported ({Failure}): it is with the next report")]
    private partial void NotReported(string tenant, EngineFailure failure, Exception exception);

    [LoggerMessage(
        EventIds.EgressNotStored, LogLevel.Warning,
        "What was sent for the tenant {Tenant} could not be reported: it is with the next report. {Cause}")]
    private partial void NotStored(string tenant, string cause);
}
