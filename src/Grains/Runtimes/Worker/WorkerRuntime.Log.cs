using Microsoft.Extensions.Logging;
using Smcp.Identity;
using Smcp.Runtimes.Jails;
using Smcp.Servers;

namespace Smcp.Runtimes.Worker;

internal sealed partial class WorkerRuntime
{
    [LoggerMessage(EventIds.WorkerStarted, LogLevel.Debug,
        "A process of the worker {Tenant}/{Server} runs, after {Elapsed}.")]
    private partial void LogStarted(TenantId tenant, ServerId server, TimeSpan elapsed);

    [LoggerMessage(EventIds.WorkerTaken, LogLevel.Debug,
        "A process of the worker {Tenant}/{Server} that was started in advance is used, after {Elapsed}.")]
    private partial void LogTaken(TenantId tenant, ServerId server, TimeSpan elapsed);

    [LoggerMessage(EventIds.WorkerNotStarted, LogLevel.Warning,
        "No process of the worker {Tenant}/{Server} could be started: {Reason}")]
    private partial void LogNotStarted(TenantId tenant, ServerId server, string reason);

    [LoggerMessage(EventIds.WorkerEnded, LogLevel.Information,
        "The process of the worker {Tenant}/{Server} ended with {Code} ({Reason}).")]
    private partial void LogEnded(TenantId tenant, ServerId server, int code, JailExitReason reason);

    [LoggerMessage(EventIds.WorkerKilled, LogLevel.Information,
        "The process of the worker {Tenant}/{Server} is killed: {Limit}.")]
    private partial void LogKilled(TenantId tenant, ServerId server, WorkerLimit limit);
}
