using Microsoft.Extensions.Logging;
using Smcp.Identity;
using Smcp.Servers;

namespace Smcp.Runtimes.Worker;

internal sealed partial class WorkerPool
{
    [LoggerMessage(EventIds.WorkerPoolNotFilled, LogLevel.Debug,
        "No process of the worker {Tenant}/{Server} was started in advance: {Reason}")]
    private partial void LogNotFilled(TenantId tenant, ServerId server, string reason);
}
