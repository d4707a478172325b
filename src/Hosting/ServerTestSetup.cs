using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Client;

namespace Smcp.Hosting;

/// <summary>How a test wants its server and its client.</summary>
public sealed class ServerTestSetup
{
    /// <summary>Replaces services of the server, after its own startup. Default: none.</summary>
    public Action<IServiceCollection>? ConfigureServices { get; set; }

    /// <summary>
    /// The client: its capabilities, its handlers, the revision that it insists on. Default: the SDK's.
    /// </summary>
    public McpClientOptions? Client { get; set; }

    /// <summary>The secrets that the server is given, by name; changes are seen at once. Default: none.</summary>
    public Dictionary<string, string> Secrets { get; } = new(StringComparer.Ordinal);

    /// <summary>The clock that the server gets. Default: the system's.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Where the server logs to. Default: nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;
}
