using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Smcp.Identity;
using Smcp.Protocol;
using Smcp.Quotas;
using Smcp.Runtimes.CSharp;
using Smcp.Security.Audit;
using Smcp.Security.Encryption;
using Smcp.Security.Encryption.Backup;
using Smcp.Security.Encryption.Rows;
using Smcp.Storage;
using Smcp.Storage.Snapshots;
using Smcp.TestSupport;

namespace Smcp.Data;

/// <summary>
/// The product over SQLite and its encryption, on the system's clock, with everything captured that it tells.
/// </summary>
internal sealed class CanarySite : IAsyncDisposable
{
    // The master key is kept apart from what it protects; the lock is empty, and held.
    private static readonly string[] Elsewhere = ["master.key", "smcp.lock"];

    private readonly string _folder;
    private readonly CollectedLog _logs;
    private readonly CapturedTelemetry _telemetry;

    private CanarySite(SecurityHost host, string folder, CollectedLog logs, CapturedTelemetry telemetry)
    {
        Host = host;
        _folder = folder;
        _logs = logs;
        _telemetry = telemetry;
    }

    public SecurityHost Host { get; }

    /// <summary>What was logged so far.</summary>
    public string Logged => _logs.Text;

    /// <summary>Whose server messages go to.</summary>
    public string Tenant { get; set; } = "default";

    public string DataFolder => Path.Combine(_folder, "data");

    private static CancellationToken None => CancellationToken.None;

    public static async Task<CanarySite> StartAsync(params (string Key, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("smcp-canary-").FullName;
        var data = Path.Combine(folder, "data");
        var logs = new CollectedLog();
        var telemetry = new CapturedTelemetry();
        var host = await SecurityHost.StartAsync(
            services =>
            {
                services.AddSingleton(TimeProvider.System);
                services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
                services.AddAudit().AddQuotas().AddCSharpServers(typeof(CanaryServer).Assembly);
                services.AddSqliteStorage(options => options.DataFolder = data);
                services.AddStorageEncryption();
            },
            [
                ("Smcp:Encryption:MasterKeyFile", Path.Combine(data, "master.key")),
                ("Smcp:Encryption:DeletionsFile", Path.Combine(data, "deletions.log")),
                ("Smcp:Usage:FlushPeriod", "00:00:00.050"),
                .. settings,
            ]);
        return new CanarySite(host, folder, logs, telemetry);
    }

    /// <summary>A message to the server, with a key or a token, in a session or without.</summary>
    public async Task<(string Body, string? Session)> SendAsync(
        string message, string? credential, string? session = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/t/{Tenant}/s/canary/mcp")
        {
            Content = new StringContent(message, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("Accept", "application/json, text/event-stream");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (credential is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {credential}");
        }

        if (session is not null)
        {
            request.Headers.Add(McpHeaders.SessionId, session);
        }

        using var response = await Host.Client.SendAsync(request);
        var given = response.Headers.TryGetValues(McpHeaders.SessionId, out var values) ? values.Single() : session;
        return (await response.Content.ReadAsStringAsync(), given);
    }

    /// <summary>What the administration answers, as a text.</summary>
    public async Task<string> AdministerAsync(string method, string path, string key, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/v1{path}");
        if (method is "PUT" or "DELETE")
        {
            request.Headers.TryAddWithoutValidation("If-Match", "*");
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Host.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
        return text;
    }

    /// <summary>An answer of the administration that holds this: what it tells of is recorded a moment later.</summary>
    public async Task<string> AwaitAsync(string path, string key, string text)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        while (true)
        {
            late.Token.ThrowIfCancellationRequested();
            var answer = await AdministerAsync("GET", path, key);
            if (answer.Contains(text, StringComparison.Ordinal))
            {
                return answer;
            }
        }
    }

    /// <summary>The text of a new key of a tenant.</summary>
    public async Task<string> KeyAsync(string operatorKey, string tenant = "default")
    {
        var made = await AdministerAsync(
            "POST",
            $"/tenants/{tenant}/keys",
            operatorKey,
            """{"name":"k","scopes":["mcp:read","mcp:tools","mcp:admin"],"roles":["admin"]}""");
        return JsonNode.Parse(made)!["text"]!.GetValue<string>();
    }

    public async Task<string> OperatorKeyAsync() =>
        (await Host.Grains.Locate<IApiKeysGrain>(TenantId.Platform.ToString()).IssueOperatorKeyAsync(false, None))
            .Text!;

    /// <summary>Everything that it tells and stores, while it runs and once it has stopped, and a backup.</summary>
    public async Task CollectAsync(Evidence evidence)
    {
        await Host.Services.GetRequiredService<IndexFlusher>().FlushAsync();
        evidence.AddFolder("store", DataFolder, Elsewhere);
        await BackUpAsync();
        evidence.AddFolder("backup", _folder);
        await Host.DisposeAsync();
        evidence.AddFolder("stopped", DataFolder, Elsewhere);
        evidence.Add("logs", _logs.Text);
        evidence.Add("spans", _telemetry.Spans);
        evidence.Add("metrics", _telemetry.Measurements);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _telemetry.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task BackUpAsync()
    {
        var archive = Host.Services.GetRequiredService<IBackupArchive>();
        var copy = Path.Combine(_folder, "copy");
        SqliteSnapshot.CopyAll(DataFolder, copy);
        var content = new BackupContent
        {
            Schema = SqliteSnapshot.SchemaOf(copy),
            Rings = SqliteSnapshot.ReadStates(copy, archive.RingType),
        };
        await archive.WriteAsync(content, copy, Path.Combine(_folder, "smcp.backup"), null, None);
    }
}
