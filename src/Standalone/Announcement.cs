using Microsoft.Extensions.Options;
using Smcp.Backup;
using Smcp.Identity;
using Smcp.Servers;

namespace Smcp;

/// <summary>What the person at the terminal is told.</summary>
internal static class Announcement
{
    private const int UsageExitCode = 2;
    private const int FailureExitCode = 1;

    /// <summary>Help on the output, or what is wrong with the line on the error stream.</summary>
    public static int OfCommandLine(CommandLine line)
    {
        if (line.Problem is null)
        {
            Console.Out.WriteLine(CommandLine.Help);
            Console.Out.WriteLine(MaintenanceLine.Help);
            return 0;
        }

        Console.Error.WriteLine($"smcp: {line.Problem}");
        return UsageExitCode;
    }

    public static int OfFailure(string sentence)
    {
        Console.Error.WriteLine($"smcp: {sentence}");
        return FailureExitCode;
    }

    /// <summary>Where the operators' key is, where it was just written; never the key.</summary>
    public static void OfOperatorKey(string? path)
    {
        if (path is not null)
        {
            Console.Out.WriteLine($"The operators' key is in {path}; it administers every tenant: keep it safe.");
        }
    }

    /// <summary>Where each server is, with the lines to paste into clients.</summary>
    public static void OfServers(WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<StandaloneOptions>>().Value;
        var bound = app.Urls.First();
        var urls = app.Services.GetRequiredService<CanonicalUrls>();
        Console.Out.WriteLine($"Smcp is ready: {bound} (data in {Path.GetFullPath(options.Data)})");
        Console.Out.WriteLine($"Log in: {urls.Issuer}/login  API: {urls.Issuer}/api/v1/docs");
        foreach (var server in app.Services.GetRequiredService<IServerCatalog>().Servers)
        {
            Console.Out.WriteLine(Lines(server, urls.ResourceOf(TenantId.Parse("default"), server.Id)));
        }

        Console.Out.WriteLine("\nCtrl-C stops.");
    }

    private static string Lines(ServerDefinition server, string url) =>
        $$"""

        {{server.Id}}  {{server.Description}}
          {{url}}
          Claude Code  claude mcp add --transport http {{server.Id}} {{url}}
          VS Code      code --add-mcp '{"name":"{{server.Id}}","type":"http","url":"{{url}}"}'
          Inspector    npx @modelcontextprotocol/inspector --transport http --server-url {{url}}
                       (its page needs Node 22.19 or newer)
        """;
}
