using System.ComponentModel;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Smcp.Samples.Everything.Tools;

/// <summary>What the 2026-07-28 scenarios of the suite provoke.</summary>
[McpServerToolType]
public sealed partial class DiagnosticTools
{
    [McpServerTool(Name = "test_missing_capability"), Description("Needs a client that can sample.")]
    public static string MissingCapability(McpServer server) => server.ClientCapabilities?.Sampling is not null
        ? "The client can sample."
        : throw new MissingRequiredClientCapabilityException(
            new ClientCapabilities { Sampling = new SamplingCapability() }, "The tool needs a client that can sample.");

    [McpServerTool(Name = "test_streaming_elicitation")]
    [Description(
        "Asks its user, and so shows that no request of a server's own goes out on a stream without sessions.")]
    public static async Task<string> StreamingElicitationAsync(McpServer server, CancellationToken cancellationToken)
    {
        var answer = await server.ElicitAsync(
            Questions.Form("Go on?", "ok", new ElicitRequestParams.BooleanSchema()), cancellationToken);
        return $"The user said {answer.Action}.";
    }

    [McpServerTool(Name = "test_logging_tool"), Description("Logs, which only reaches a client that asked for it.")]
    public static string Log(McpServer server)
    {
        using var provider = server.AsClientLoggerProvider();
        LogExecuted(provider.CreateLogger(nameof(DiagnosticTools)));
        return "Logged.";
    }

    [LoggerMessage(1, LogLevel.Information, "test_logging_tool executed")]
    private static partial void LogExecuted(ILogger logger);
}
