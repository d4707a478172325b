using Smcp.Nodes;

namespace Smcp;

/// <summary>A node of the cluster: a silo, a gateway, or both.</summary>
internal static class Program
{
    private const int UsageExitCode = 2;
    private const int FailureExitCode = 1;

    public static async Task<int> Main(string[] args)
    {
        var line = NodeLine.Parse(args);
        if (line.WantsHelp)
        {
            await Console.Out.WriteLineAsync(NodeLine.Help);
            return 0;
        }

        if (line.Problem is { } unusable)
        {
            return await RefuseAsync(unusable, UsageExitCode);
        }

        var builder = Node.Prepare(line);
        NodeDeparture? departure = null;
        try
        {
            var node = builder.AddNode();
            if (NodeAddresses.Problem(node, builder.Configuration) is { } problem)
            {
                return await RefuseAsync(problem, FailureExitCode);
            }

            await using var app = Node.Build(builder, node);
            departure = app.Services.GetRequiredService<NodeDeparture>();
            await app.StartAsync();
            await FirstStart.BeginAsync(app, node);
            app.Services.GetRequiredService<NodeStart>().Complete();
            await Console.Out.WriteLineAsync($"Smcp {node.Role} is ready: {app.Urls.First()}");
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (OperationCanceledException) when (departure?.Problem is not null)
        {
            // Told to stop before it was ready: nothing was served, and nothing is wrong.
            return 0;
        }
        catch (Exception exception) when (NodeFailure.Describe(exception, builder.Configuration) is { } sentence)
        {
            return await RefuseAsync(sentence, FailureExitCode);
        }
    }

    private static async Task<int> RefuseAsync(string sentence, int exitCode)
    {
        await Console.Error.WriteLineAsync($"smcp: {sentence}");
        return exitCode;
    }
}
