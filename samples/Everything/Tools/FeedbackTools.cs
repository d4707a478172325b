using System.ComponentModel;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Smcp.Hosting;

namespace Smcp.Samples.Everything.Tools;

/// <summary>What a tool tells its client while it runs, and a tool that lets its stream be polled.</summary>
[McpServerToolType]
public sealed class FeedbackTools(TimeProvider time)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Absence = TimeSpan.FromMilliseconds(100);

    [McpServerTool(Name = "test_tool_with_logging"), Description("Logs three messages.")]
    public async Task<string> LogAsync(McpServer server, CancellationToken cancellationToken)
    {
        await LogInfoAsync(server, "Tool execution started", cancellationToken);
        await Task.Delay(Step, time, cancellationToken);
        await LogInfoAsync(server, "Tool processing data", cancellationToken);
        await Task.Delay(Step, time, cancellationToken);
        await LogInfoAsync(server, "Tool execution completed", cancellationToken);
        return "Tool with logging executed successfully";
    }

    [McpServerTool(Name = "test_tool_with_progress"), Description("Reports progress three times.")]
    public async Task<string> ProgressAsync(
        IProgress<ProgressNotificationValue> progress, CancellationToken cancellationToken)
    {
        progress.Report(StepOf(0));
        await Task.Delay(Step, time, cancellationToken);
        progress.Report(StepOf(50));
        await Task.Delay(Step, time, cancellationToken);
        progress.Report(StepOf(100));
        return "Tool with progress executed successfully";
    }

    [McpServerTool(Name = "test_reconnection")]
    [Description("Closes its stream, and answers when the client came back for it.")]
    public async Task<string> ReconnectAsync(IStreamControl stream, CancellationToken cancellationToken)
    {
        await stream.ClosePollStreamAsync(cancellationToken);
        await Task.Delay(Absence, time, cancellationToken);
        return "Reconnection test completed successfully.";
    }

    [McpServerTool(Name = "test_cancellation"), Description("Runs until it is cancelled, or for the given time.")]
    public async Task<string> WaitAsync(
        [Description("Seconds to run at most.")] double seconds, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(seconds), time, cancellationToken);
        return "Not cancelled.";
    }

    private static ProgressNotificationValue StepOf(int percent) =>
        new() { Progress = percent, Total = 100, Message = $"Completed step {percent} of 100" };

    private static Task LogInfoAsync(McpServer server, string text, CancellationToken cancellationToken) =>
        server.SendNotificationAsync(
            NotificationMethods.LoggingMessageNotification,
            new LoggingMessageNotificationParams
            {
                Level = LoggingLevel.Info,
                Data = JsonSerializer.SerializeToElement(text),
            },
            cancellationToken: cancellationToken);
}
