using System.ComponentModel;
using ModelContextProtocol;
using ModelContextProtocol.Server;
using Smcp.Hosting;

namespace Smcp.Tenancy;

/// <summary>Puts what it is told wherever a server can put something.</summary>
[McpServer("markers", Parts = [typeof(MarkersResources)])]
[McpServerToolType]
public sealed class MarkersServer(IServerState<MarkersState> state, IServerNotifier notifier)
{
    private const int KeptMax = 8;

    [McpServerTool(Name = "echo"), Description("Says it again.")]
    public static string Echo(string marker) => marker;

    [McpServerTool(Name = "report"), Description("Says it in progress, then as a result.")]
    public static string Report(string marker, IProgress<ProgressNotificationValue> progress)
    {
        for (var step = 1; step <= 3; step++)
        {
            progress.Report(new ProgressNotificationValue { Progress = step, Message = $"{marker} step {step}" });
        }

        return $"{marker} reported";
    }

    [McpServerTool(Name = "keep"), Description("Keeps it, tells who watches, and says all that is kept.")]
    public async Task<string> KeepAsync(string marker, CancellationToken cancellationToken)
    {
        var written = await state.UpdateAsync(
            current => current with { Kept = [.. current.Kept.TakeLast(KeptMax - 1), marker] }, cancellationToken);
        notifier.ResourceUpdated($"kept://{marker[..marker.LastIndexOf('-')]}");
        return string.Join(' ', written.Kept);
    }

    [McpServerTool(Name = "fail"), Description("Fails with it.")]
    public static string Fail(string marker) => throw new McpException($"failed: {marker}");
}
