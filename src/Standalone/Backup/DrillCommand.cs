using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Security.Audit;
using Smcp.Security.Encryption.Backup;
using Smcp.Servers;

namespace Smcp.Backup;

/// <summary>
/// Proves a backup: restores it into a folder of its own, decrypts everything, serves from it on loopback, makes a call,
/// verifies the audit logs, and removes the folder.
/// </summary>
internal sealed class DrillCommand(MaintenanceLine line)
{
    private const string ListTools =
        """
        {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{
        "io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}
        """;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var folder = Directory.CreateTempSubdirectory("smcp-drill-").FullName;
        try
        {
            var problems = await DrillAsync(folder, cancellationToken);
            foreach (var problem in problems)
            {
                Console.Error.WriteLine($"smcp: {problem}");
            }

            var took = Stopwatch.GetElapsedTime(began);
            Console.Out.WriteLine(problems.Count == 0
                ? $"The backup is whole: {line.File}. The drill took {took.TotalSeconds:F1} s."
                : $"The backup has {problems.Count} problems: {line.File}.");
            return problems.Count == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<IReadOnlyList<string>> DrillAsync(string folder, CancellationToken cancellationToken)
    {
        var there = await LineIntoAsync(folder);
        foreach (var tenant in await new RestoreCommand(there).RestoreAsync(cancellationToken))
        {
            Console.Out.WriteLine($"The keys of {tenant} were destroyed after the backup was made: it stays gone.");
        }

        var builder = Product.Prepare(there.Settings);
        builder.Logging.ClearProviders();
        await using var app = Product.Build(builder);
        var found = await app.Services.GetRequiredService<IStoreVerifier>().VerifyAsync(cancellationToken);
        Console.Out.WriteLine(
            $"Decrypted {found.States:N0} states and {found.Records:N0} records of {found.Logs:N0} logs; "
                + $"{found.IndexEntries:N0} entries of the indexes fit.");
        var problems = found.Problems.ToList();
        await app.StartAsync(cancellationToken);
        problems.AddRange(await VerifyAuditAsync(app, found.AuditLogs, cancellationToken));
        problems.AddRange(await CallAsync(app, cancellationToken));
        await app.StopAsync(cancellationToken);
        return problems;
    }

    /// <summary>The same line for the drill's folder: what the product's own folder brings stays named.</summary>
    private async Task<MaintenanceLine> LineIntoAsync(string folder)
    {
        await using var product = MaintenanceHost.Build(line.Settings);
        var settings = new Dictionary<string, string?>(line.Settings.Settings, StringComparer.OrdinalIgnoreCase)
        {
            [StandaloneOptions.Key(nameof(StandaloneOptions.Data))] = folder,
            ["Smcp:Encryption:MasterKeyFile"] = product.Encryption.MasterKeyFile,
            ["Smcp:Encryption:DeletionsFile"] = Path.Combine(folder, StandaloneDefaults.DeletionsName),
            ["urls"] = "http://127.0.0.1:0",
        };
        var deletions = line.Deletions
            ?? (File.Exists(product.Encryption.DeletionsFile) ? product.Encryption.DeletionsFile : null);
        return line with { Settings = line.Settings with { Settings = settings }, Deletions = deletions };
    }

    private static async Task<IReadOnlyList<string>> VerifyAuditAsync(
        WebApplication app, IReadOnlyList<string> logs, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var records = 0L;
        foreach (var log in logs)
        {
            var tenant = log[(log.IndexOf('/', StringComparison.Ordinal) + 1)..];
            var grain = app.Services.GetRequiredService<IGrainLocator>().Locate<IAuditGrain>(tenant);
            for (long? next = 0; next is { } after;)
            {
                var walk = await grain.VerifyAsync(Operator(), after, cancellationToken);
                records += walk.Checked;
                next = walk.Next;
                problems.AddRange(walk.Breaks.Select(found =>
                    $"The audit log of {tenant} is broken at record {found.Sequence}: {found.Problem}."));
                if (walk.Fault is { } fault)
                {
                    problems.Add($"The audit log of {tenant} was not verified: {fault.Message}");
                }
            }
        }

        Console.Out.WriteLine($"Walked {records:N0} records of {logs.Count:N0} audit logs.");
        return problems;
    }

    /// <summary>One call to the first server; one that asks for a credential has answered too.</summary>
    private static async Task<IReadOnlyList<string>> CallAsync(WebApplication app, CancellationToken cancellationToken)
    {
        if (app.Services.GetRequiredService<IServerCatalog>().Servers.FirstOrDefault() is not { } served)
        {
            Console.Out.WriteLine("Started; there is no server to call.");
            return [];
        }

        using var http = new HttpClient();
        using var call = new HttpRequestMessage(
            HttpMethod.Post, $"{app.Urls.First()}/t/{TenantId.Default}/s/{served.Id}/mcp")
        {
            Content = new StringContent(ListTools, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        call.Headers.Add("Accept", "application/json, text/event-stream");
        call.Headers.Add("MCP-Protocol-Version", "2026-07-28");
        call.Headers.Add("Mcp-Method", "tools/list");
        using var answer = await http.SendAsync(call, cancellationToken);
        Console.Out.WriteLine($"Served from it: {served.Id} answered {(int)answer.StatusCode}.");
        return answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Unauthorized
            ? []
            : [$"The server {served.Id} answered {(int)answer.StatusCode} to tools/list."];
    }

    private static CallContext Operator() => new()
    {
        Tenant = TenantId.Platform,
        Principal = PrincipalId.Parse("restore-drill"),
        Scopes = [McpScopes.Admin],
        Permissions = ["platform.read:*"],
        Revision = "2026-07-28",
        CorrelationId = "restore-drill",
    };
}
