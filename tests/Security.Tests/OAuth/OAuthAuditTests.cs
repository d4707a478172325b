using Microsoft.Extensions.DependencyInjection;
using Smcp.Identity;
using Smcp.Identity.OAuth;
using Smcp.Security.Audit;
using Smcp.TestSupport;

namespace Smcp.OAuth;

public sealed class OAuthAuditTests
{
    [Fact]
    public async Task Life_OfAGrantIsRecorded()
    {
        var audit = new RecordedAudit();
        await using var host = await StartAsync(audit);
        var client = await OAuthClientDriver.RegisterAsync(host);
        var user = await host.JoinAsync("alice", "mcp-user");
        var code = await client.ConsentAsync(user, host.ResourceOf("echo"));
        var tokens = (await client.RedeemAsync(code)).IsGranted();
        (await client.RedeemAsync(code)).IsRefused("invalid_grant");

        var registered = Assert.Single(audit.Events, e => e.Action == AuditActions.ClientRegistered);
        Assert.Equal((TenantId.Platform, "127.0.0.1"), (registered.Tenant, registered.Address));
        var issued = Assert.Single(audit.Events, e => e.Action == AuditActions.TokenIssued);
        Assert.Equal((TenantId.Default, user.Principal.ToString()), (issued.Tenant, issued.Principal));
        Assert.Equal($"client/{client.Id}", issued.Target);
        Assert.Equal(
            issued.Credential, Assert.Single(audit.Events, e => e.Action == AuditActions.TokenReused).Credential);
        Assert.Single(audit.Events, e => e.Action == AuditActions.TokenRevoked);
        Assert.All(audit.Events, e => IsWithout(e, code, tokens.AccessToken, tokens.RefreshToken));
    }

    [Fact]
    public async Task Refusal_IsRecorded()
    {
        var audit = new RecordedAudit();
        await using var host = await StartAsync(audit);
        var client = await OAuthClientDriver.RegisterAsync(host, "client_secret_post");

        (await client.RedeemAsync("x", ("client_secret", "guess")))
            .IsRefused("invalid_client", System.Net.HttpStatusCode.Unauthorized);

        var failure = Assert.Single(audit.Events, e => e.Action == AuditActions.AuthFailure);
        Assert.Equal(("invalid_client", $"client/{client.Id}"), (failure.Reason, failure.Target));
        IsWithout(failure, "guess");
    }

    [Fact]
    public async Task Keys_AreRecorded()
    {
        var audit = new RecordedAudit();
        await using var host = await StartAsync(audit);
        var keys = host.Grains.Locate<ISigningKeysGrain>(ISigningKeysGrain.Key);
        var first = Assert.Single((await keys.PublishAsync(default)).Keys).Id;

        await keys.RevokeAsync(SecurityHost.ContextOf("user:o", "platform.*:*"), first, default);

        Assert.Equal(
            [AuditActions.KeyRotated, AuditActions.KeyRevoked, AuditActions.KeyRotated],
            audit.Events.Where(e => e.Target?.StartsWith("signing-key/", StringComparison.Ordinal) == true)
                .Select(e => e.Action));
    }

    private static Task<SecurityHost> StartAsync(RecordedAudit audit) =>
        SecurityHost.StartAsync(services => services.AddSingleton<IAuditTrail>(audit));

    private static void IsWithout(AuditEvent auditEvent, params string[] secrets) =>
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, auditEvent.ToString(), StringComparison.Ordinal));
}
