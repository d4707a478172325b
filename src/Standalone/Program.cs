using Microsoft.Extensions.Options;
using Smcp.Backup;
using Smcp.Start;

namespace Smcp;

/// <summary>Serves, or keeps the store of what serves.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (MaintenanceLine.Parse(args) is { } maintenance)
        {
            return await Maintenance.RunAsync(maintenance);
        }

        var line = CommandLine.Parse(args);
        if (line.WantsHelp || line.Problem is not null)
        {
            return Announcement.OfCommandLine(line);
        }

        var builder = Product.Prepare(line);
        if ((LoopbackRule.Problem(builder.Configuration) ?? ServerPaths.Problem(builder.Configuration)) is { } problem)
        {
            return Announcement.OfFailure(problem);
        }

        try
        {
            await using var app = Product.Build(builder);
            await app.StartAsync();
            await FirstUser.InviteAsync(app.Services);
            var options = app.Services.GetRequiredService<IOptions<StandaloneOptions>>().Value;
            var keyFile = Path.Combine(Path.GetFullPath(options.Data), OperatorKey.FileName);
            Announcement.OfOperatorKey(await OperatorKey.IssueAsync(app.Services, keyFile, options.NewOperatorKey));
            Announcement.OfServers(app);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (OperationCanceledException)
        {
            // Told to stop before it was ready: nothing was served, and nothing is wrong.
            return 0;
        }
        catch (Exception exception) when (StartFailure.Describe(exception, builder.Configuration) is { } sentence)
        {
            return Announcement.OfFailure(sentence);
        }
    }
}
