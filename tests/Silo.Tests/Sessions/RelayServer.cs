using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Smcp.Hosting;

namespace Smcp.Sessions;

/// <summary>A server whose tools say a lot before they answer.</summary>
[McpServer("relay", Description = "Counts aloud.")]
[McpServerToolType]
public sealed class RelayServer
{
    /// <summary>Counts to <paramref name="count"/> by progress notifications.</summary>
    [McpServerTool(Name = "count")]
    public static async Task<string> CountAsync(
        IProgress<ProgressNotificationValue> progress, int count, CancellationToken cancellationToken)
    {
        for (var number = 1; number <= count; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress.Report(new ProgressNotificationValue { Progress = number });
            await Task.Yield();
        }

        return "counted";
    }

    /// <summary>Counts to three, asks its client for a word, counts on to six, and returns the word.</summary>
    [McpServerTool(Name = "ask")]
    public static async Task<string> AskAsync(
        McpServer server, IProgress<ProgressNotificationValue> progress, CancellationToken cancellationToken)
    {
        for (var number = 1; number <= 3; number++)
        {
            progress.Report(new ProgressNotificationValue { Progress = number });
        }

        var answer = await server.ElicitAsync(
            new ElicitRequestParams
            {
                Message = "Which word?",
                RequestedSchema = new ElicitRequestParams.RequestSchema
                {
                    Properties = { ["word"] = new ElicitRequestParams.StringSchema() },
                },
            },
            cancellationToken);
        for (var number = 4; number <= 6; number++)
        {
            progress.Report(new ProgressNotificationValue { Progress = number });
        }

        return answer.Content?["word"].GetString() ?? "none";
    }
}
