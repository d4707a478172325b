using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Smcp.Hosting;

namespace Smcp.Runtimes.CSharp;

/// <summary>The server of the runtime contract, as a C# class.</summary>
[McpServer("contract")]
[McpServerToolType]
public sealed class ContractServer
{
    [McpServerTool(Name = "echo")]
    public static string Echo(string text) => text;

    [McpServerTool(Name = "count")]
    public static string Count(int n, IProgress<ProgressNotificationValue> progress)
    {
        for (var i = 1; i <= n; i++)
        {
            progress.Report(new ProgressNotificationValue { Progress = i });
        }

        return $"{n}";
    }

    [McpServerTool(Name = "ask")]
    public static async Task<string> AskAsync(McpServer server, CancellationToken cancellationToken)
    {
        var form = new ElicitRequestParams { Message = "yes or no?", RequestedSchema = new() };
        return (await server.ElicitAsync(form, cancellationToken)).Action;
    }

    [McpServerTool(Name = "wait")]
    public static async Task<string> WaitAsync(
        IProgress<ProgressNotificationValue> progress, CancellationToken cancellationToken)
    {
        progress.Report(new ProgressNotificationValue { Progress = 1 });
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        return "never";
    }
}
