using Microsoft.Extensions.DependencyInjection;
using Smcp.Engine;
using Smcp.Identity;

namespace Smcp.Security.Audit;

/// <summary>What one silo records, the other finds; and the chain is whole whoever wrote to it.</summary>
public sealed class AuditAcrossSilosTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Record_IsFoundThroughTheOtherSilo_WhenItWasWrittenThroughOne()
    {
        Assert.True(await RecordAsync(0, "first"));
        Assert.True(await RecordAsync(1, "second"));
        await silos.Cluster.DeactivateAsync(GrainId.Create("audit", TenantId.Default.ToString()));

        for (var silo = 0; silo < 2; silo++)
        {
            var log = silos.Silo(silo).GetRequiredService<IGrainLocator>()
                .Locate<IAuditGrain>(TenantId.Default.ToString());
            var query = new AuditQuery { ActionPrefix = "key.", IsOldestFirst = true };
            var page = await log.SearchAsync(Auditor, query, None);
            var exported = new List<string?>();
            await foreach (var part in log.ExportAsync(Auditor, query, None))
            {
                exported.AddRange(part.Records.Select(record => record.ReadEntry().Event.Target));
            }

            Assert.Null(page.Fault);
            Assert.Equal(["first", "second"], page.Records.Select(record => record.ReadEntry().Event.Target));
            Assert.Equal(["first", "second"], exported);
            Assert.Empty((await log.VerifyAsync(Auditor, 0, None)).Breaks);
        }
    }

    private static CallContext Auditor => new()
    {
        Tenant = TenantId.Default,
        Principal = PrincipalId.Parse("kim"),
        Scopes = [McpScopes.Admin],
        Permissions = [.. BuiltInRoles.Admin.Permissions.Select(permission => permission.ToString())],
        Revision = string.Empty,
        CorrelationId = "r-1",
    };

    private ValueTask<bool> RecordAsync(int silo, string target) =>
        silos.Silo(silo).GetRequiredService<IAuditTrail>().RecordNowAsync(
            new AuditEvent
            {
                Tenant = TenantId.Default,
                Action = "key.created",
                Outcome = AuditOutcome.Success,
                Target = target,
            },
            None);
}
