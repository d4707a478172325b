using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Admin;
using Smcp.Identity;
using Smcp.Security.Audit;
using Smcp.Storage;
using Smcp.TestSupport;

namespace Smcp.Threats;

/// <summary>The threats of the group Logging.</summary>
internal static class LoggingThreats
{
    private const string Secret = "smcp_default_0123456789abcdefABCDEF";
    private const string QuerySecret = "query-5ecret";

    public static IReadOnlyList<Threat> All { get; } =
    [
        new("a secret in the audit log", nameof(AuditText), RawTrail(), removal => FindInAuditAsync(
            removal, Event("a target", $"key {Secret}"),
            text => text.Contains(Secret, StringComparison.Ordinal))),
        new("injection of line ends and of text that reads backwards", nameof(AuditText), RawTrail(),
            removal => FindInAuditAsync(
                removal, Event("a\nb\u202ec", "a reason"),
                text => text.Contains("\\n", StringComparison.Ordinal)
                    || text.Contains("\\u202", StringComparison.OrdinalIgnoreCase))),
        new("a flood of the audit log", nameof(AuditWindows),
            Removal.OfLimit(
                ("Smcp:AuditTrail:FailuresEachMax", "100000"), ("Smcp:AuditTrail:FailuresPerTenantMax", "100000")),
            FloodAuditAsync),
        new("a flood of the log", "NetworkOptions.RefusalsLoggedPerMinute",
            Removal.OfLimit(("Smcp:Gateway:Network:RefusalsLoggedPerMinute", "100000")), FloodLogAsync),
        new("a token of a query in the log", "NetworkServiceCollectionExtensions.KeepQueriesOut",
            new Removal
            {
                Configure = services =>
                {
                    foreach (var service in services
                        .Where(s => s.ServiceType == typeof(IPostConfigureOptions<LoggerFilterOptions>)).ToList())
                    {
                        services.Remove(service);
                    }
                },
            },
            FindInLogAsync),
        new("administration while the audit store fails", "IAuditTrail.RecordNowAsync",
            Removal.OfService<IAuditTrail>(_ => new RecordedAudit()), ActUnrecordedAsync),
    ];

    private static AuditEvent Event(string target, string reason) => new()
    {
        Tenant = TenantId.Default,
        Action = "test",
        Outcome = AuditOutcome.Success,
        Target = target,
        Reason = reason,
    };

    /// <summary>A trail that hands on what it gets as it is.</summary>
    private static Removal RawTrail() => Removal.OfService<IAuditTrail>(provider =>
        new UncleanTrail(provider.GetRequiredService<Smcp.Engine.IGrainLocator>()));

    private static async Task<bool> FindInAuditAsync(
        Removal removal, AuditEvent recorded, Func<string, bool> isHarmful)
    {
        await using var host = await removal.StartAsync(services => services.AddAudit());
        Assert.True(await host.Services.GetRequiredService<IAuditTrail>().RecordNowAsync(recorded, default));
        var records = await ReadAuditAsync(host, "default");
        Assert.NotEmpty(records);
        return records.Any(isHarmful);
    }

    /// <summary>Whether 200 wrong keys of one address make 200 records.</summary>
    private static async Task<bool> FloodAuditAsync(Removal removal)
    {
        await using var host = await removal.StartAsync(services => services.AddAudit());
        for (var i = 0; i < 200; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/tenants/default");
            request.Headers.Add("Authorization", "Bearer garbage");
            using var response = await host.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }

        await FlushAsync(host);
        var records = await ReadAuditAsync(host, "platform");
        Assert.NotEmpty(records);
        return records.Count(record => record.Contains(AuditActions.AuthFailure, StringComparison.Ordinal)) >= 200;
    }

    private static async Task<bool> FloodLogAsync(Removal removal)
    {
        var log = new CollectedLog();
        await using var host = await removal.StartAsync(log.AddTo);
        for (var i = 0; i < 200; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/jwks");
            request.Headers.Add("Origin", "https://evil.example");
            using var response = await host.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }

        var lines = log.Lines.Count(line => line.Contains("refused by the network", StringComparison.Ordinal));
        Assert.NotEqual(0, lines);
        return lines >= 200;
    }

    private static async Task<bool> FindInLogAsync(Removal removal)
    {
        var log = new CollectedLog();
        await using var host = await removal.StartAsync(log.AddTo);
        using var response = await host.Client.GetAsync($"/jwks?access_token={QuerySecret}");
        Assert.NotEmpty(log.Lines);
        return log.Holds(QuerySecret);
    }

    /// <summary>Whether a key is made that no record tells of.</summary>
    private static async Task<bool> ActUnrecordedAsync(Removal removal)
    {
        await using var site = await AdminSite.StartAsync(removal.Configure);
        await site.ProvisionAsync("acme");
        var (key, _) = await site.KeyAsync("acme", "admin");
        ((InMemoryLogStorage)site.Host.Services.GetRequiredService<ILogStorage>()).BeforeAppend = log =>
            log.StartsWith("audit/", StringComparison.Ordinal)
                ? throw new StorageUnavailableException("The disk is full.", new IOException())
                : ValueTask.CompletedTask;
        using var response = await site.SendAsync(
            "POST", "/tenants/acme/keys", key,
            new { name = "k", scopes = new[] { "mcp:tools" }, roles = new[] { "mcp-user" } });
        return response.StatusCode == HttpStatusCode.Created;
    }

    /// <summary>Lets what waits to be recorded be recorded.</summary>
    private static async Task FlushAsync(SecurityHost host)
    {
        var trail = host.Services.GetRequiredService<AuditTrail>();
        for (var i = 0; i < 1_000 && trail.Held > 0; i++)
        {
            host.Clock.Advance(TimeSpan.FromMilliseconds(50));
            using var response = await host.Client.GetAsync("/jwks");
        }
    }

    private static async Task<List<string>> ReadAuditAsync(SecurityHost host, string tenant)
    {
        var records = new List<string>();
        var reader = AdminSite.ContextOf("platform", "platform.*:*", "admin.*:*");
        await foreach (var page in host.Grains.Locate<IAuditGrain>(tenant)
            .ExportAsync(reader, new AuditQuery(), default))
        {
            Assert.Null(page.Fault);
            records.AddRange(page.Records.Select(record => Encoding.UTF8.GetString(record.Body.Span)));
        }

        return records;
    }

    private sealed class UncleanTrail(Smcp.Engine.IGrainLocator grains) : IAuditTrail
    {
        public void Record(AuditEvent auditEvent) => _ = RecordNowAsync(auditEvent, default).AsTask();

        public async ValueTask<bool> RecordNowAsync(AuditEvent auditEvent, CancellationToken cancellationToken) =>
            await grains.Locate<IAuditGrain>(auditEvent.Tenant.ToString()).AppendAsync(
                new AuditBatch { Events = [auditEvent with { Id = "raw" }] }, cancellationToken) is null;
    }
}
