using Smcp.Engine;
using Smcp.Security.Encryption;
using Smcp.Storage;

namespace Smcp;

/// <summary>Everything in one process: the gateway, the grains, the embedded engine and its store.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        var line = CommandLine.Parse(args);
        if (line.WantsHelp || line.Problem is not null)
        {
            return Announcement.OfCommandLine(line);
        }

        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.AddStandaloneConfiguration(line);
        builder.Services
            .AddGateway(builder.Configuration)
            .AddGrains()
            .AddEmbeddedEngine()
            .AddSqliteStorage()
            .AddStorageEncryption();

        if (LoopbackRule.Problem(builder.Configuration) is { } problem)
        {
            return Announcement.OfFailure(problem);
        }

        try
        {
            await using var app = builder.Build();
            app.MapGateway();
            await app.StartAsync();
            await FirstUser.InviteAsync(app);
            Announcement.OfOperatorKey(await OperatorKey.IssueAsync(app));
            Announcement.OfServers(app);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception exception) when (StartFailure.Describe(exception, builder.Configuration) is { } sentence)
        {
            return Announcement.OfFailure(sentence);
        }
    }
}
