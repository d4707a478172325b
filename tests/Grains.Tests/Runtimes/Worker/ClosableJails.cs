using Smcp.Mcp;
using Smcp.Runtimes.Jails;

namespace Smcp.Runtimes.Worker;

/// <summary>Jails until somebody says that none may start any more, and why.</summary>
internal sealed class ClosableJails(IJails jails) : IJails
{
    public McpFault? Closed { get; set; }

    public Task<IJailedProcess> StartAsync(JailStart start, CancellationToken cancellationToken) => Closed is null
        ? jails.StartAsync(start, cancellationToken)
        : throw new JailUnavailableException("None may start.") { Fault = Closed };
}
