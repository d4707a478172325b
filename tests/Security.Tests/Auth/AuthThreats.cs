using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Auth;
using Smcp.Identity;
using Smcp.Identity.OAuth.Grants;
using Smcp.OAuth;
using Smcp.OAuth.AccessTokens;
using Smcp.OAuth.Authorize;
using Smcp.ResourceServer;
using Smcp.Runtimes.CSharp;
using Smcp.Samples.Notes;

namespace Smcp.Threats;

/// <summary>The threats of the group Auth.</summary>
internal static class AuthThreats
{
    private const string Stateless = "2026-07-28";

    public static IReadOnlyList<Threat> All { get; } =
    [
        new("code replay", "CodeRules.CodeWasNotRedeemed", Rule(typeof(CodeRules), "CodeWasNotRedeemed"),
            removal => RedeemAsync(removal, async (client, code) =>
            {
                (await client.RedeemAsync(code)).IsGranted();
                return await client.RedeemAsync(code);
            })),
        new("code injection: the code of another client", "CodeRules.ClientIsTheGrants",
            Rule(typeof(CodeRules), "ClientIsTheGrants"), InjectAsync),
        new("PKCE downgrade: a verifier that is not the challenge's", "CodeRules.VerifierMeetsTheChallenge",
            Rule(typeof(CodeRules), "VerifierMeetsTheChallenge"),
            removal => RedeemAsync(removal, (client, code) =>
                client.RedeemAsync(code, ("code_verifier", new string('x', 43))))),
        new("PKCE downgrade: the method plain", "AuthorizeRules.ChallengeMethodIsS256",
            Rule(typeof(AuthorizeRules), "ChallengeMethodIsS256"),
            removal => AskAsync(removal, ("code_challenge_method", "plain"))),
        new("a redirect_uri that is not the client's", "AuthorizeRules.RedirectUriIsTheClients",
            Rule(typeof(AuthorizeRules), "RedirectUriIsTheClients"),
            removal => AskAsync(removal, ("redirect_uri", "https://evil.example/cb"))),
        new("refresh token reuse", "RefreshRules.TokenIsNotReused", Rule(typeof(RefreshRules), "TokenIsNotReused"),
            removal => RefreshAsync(removal, async (client, host, token) =>
            {
                (await client.RefreshAsync(token)).IsGranted();
                host.Clock.Leap(TimeSpan.FromMinutes(1));
                return await client.RefreshAsync(token);
            })),
        new("the refresh token of another client", "RefreshRules.ClientIsTheGrants",
            Rule(typeof(RefreshRules), "ClientIsTheGrants"),
            removal => RefreshAsync(removal, async (_, host, token) =>
                await (await OAuthClientDriver.RegisterAsync(host)).RefreshAsync(token))),
        new("token audience confusion: a token of another server", "AccessTokenRules.AudienceIsTheResource",
            Rule(typeof(AccessTokenRules), "AudienceIsTheResource"),
            removal => UseTokenAsync(removal, "other", TimeSpan.Zero)),
        new("an access token whose time is over", "AccessTokenRules.TimeIsNotOver",
            Rule(typeof(AccessTokenRules), "TimeIsNotOver"),
            removal => UseTokenAsync(removal, "notes", TimeSpan.FromHours(1))),
        new("a forged API key", nameof(ApiKeyScheme),
            Removal.OfService<ICredentialScheme>(provider => new GullibleScheme()), ForgeAsync),
        new("bounded revocation: a key that was revoked seconds ago", "AuthOptions.CredentialLifetime",
            Removal.OfLimit(("Smcp:Gateway:Auth:CredentialLifetime", "00:01:00")), UseRevokedAsync),
        new("a client's document as a way to internal addresses", "EgressGuard",
            Removal.OfLimit(("Smcp:Egress:AllowedNetworks:0", "127.0.0.0/8")), FetchInsideAsync),
        new("a flood of registrations", "ClientOptions.RegistrationsPerAddress",
            Removal.OfLimit(("Smcp:OAuth:Clients:RegistrationsPerAddress", "1000")), RegisterAsync),
        new("password stuffing", "LoginDelays",
            Removal.OfLimit(("Smcp:Users:FailuresFree", "100")), GuessAsync),
    ];

    private static Removal Rule(Type rules, string name) => Removal.OfRule(rules, name);

    private static async Task<bool> RedeemAsync(
        Removal removal, Func<OAuthClientDriver, string, Task<TokenAnswer>> attack)
    {
        await using var host = await removal.StartAsync();
        var client = await OAuthClientDriver.RegisterAsync(host);
        var user = await host.JoinAsync("alice", "mcp-user");
        var code = await client.ConsentAsync(user, host.ResourceOf("notes"));
        return (await attack(client, code)).Status == HttpStatusCode.OK;
    }

    private static async Task<bool> InjectAsync(Removal removal)
    {
        await using var host = await removal.StartAsync();
        var victim = await OAuthClientDriver.RegisterAsync(host);
        var attacker = await OAuthClientDriver.RegisterAsync(host);
        var code = await victim.ConsentAsync(await host.JoinAsync("alice", "mcp-user"), host.ResourceOf("notes"));
        return (await attacker.RedeemAsync(code)).Status == HttpStatusCode.OK;
    }

    private static async Task<bool> RefreshAsync(
        Removal removal, Func<OAuthClientDriver, SecurityHost, string, Task<TokenAnswer>> attack)
    {
        await using var host = await removal.StartAsync();
        var client = await OAuthClientDriver.RegisterAsync(host);
        var code = await client.ConsentAsync(await host.JoinAsync("alice", "mcp-user"), host.ResourceOf("notes"));
        var token = (await client.RedeemAsync(code)).IsGranted().RefreshToken;
        return (await attack(client, host, token)).Status == HttpStatusCode.OK;
    }

    /// <summary>Whether a user would be asked for consent, or sent somewhere with a code.</summary>
    private static async Task<bool> AskAsync(Removal removal, (string Name, string? Value) other)
    {
        await using var site = await AuthorizeSite.StartAsync(removal.Configure);
        using var person = new Person(site.Host);
        var seen = await person.OpenAsync(site.Ask(other));
        return seen.Status == HttpStatusCode.OK && seen.Text.Contains("password", StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<bool> UseTokenAsync(Removal removal, string server, TimeSpan later)
    {
        await using var host = await removal.StartAsync(WithNotes);
        var client = await OAuthClientDriver.RegisterAsync(host);
        var code = await client.ConsentAsync(await host.JoinAsync("alice", "mcp-user"), host.ResourceOf(server));
        var token = (await client.RedeemAsync(code)).IsGranted().AccessToken;
        host.Clock.Leap(later);
        using var response = await McpCaller.Of(host, Stateless, token).SendAsync("tools/list");
        return response.StatusCode == HttpStatusCode.OK;
    }

    private static async Task<bool> ForgeAsync(Removal removal)
    {
        await using var host = await removal.StartAsync(WithNotes);
        var forged = ApiKeyText.Create(TenantId.Default).Text;
        using var response = await McpCaller.Of(host, Stateless, forged).SendAsync("tools/list");
        return response.StatusCode == HttpStatusCode.OK;
    }

    private static async Task<bool> UseRevokedAsync(Removal removal)
    {
        await using var host = await removal.StartAsync(WithNotes);
        var key = await ResourceServerHost.IssueAsync(host, "mcp-user", McpScopes.Tools);
        var caller = McpCaller.Of(host, Stateless, key.Text);
        using var before = await caller.SendAsync("tools/list");
        await host.Grains.Locate<IApiKeysGrain>("default").RevokeAsync(
            SecurityHost.ContextOf("user:root", "mcp.*:*", "admin.*:*"), key.Info!.KeyId, default);
        host.Clock.Advance(TimeSpan.FromSeconds(2));
        using var after = await caller.SendAsync("tools/list");
        return before.StatusCode == HttpStatusCode.OK && after.StatusCode == HttpStatusCode.OK;
    }

    /// <summary>Whether anybody came to a listener of this machine.</summary>
    private static async Task<bool> FetchInsideAsync(Removal removal)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var site = await AuthorizeSite.StartAsync(removal.Configure, removal.Settings);
        var came = listener.AcceptTcpClientAsync();
        _ = came.ContinueWith(
            done => done.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion,
            TaskScheduler.Default);
        using var person = new Person(site.Host);
        await person.OpenAsync(site.Ask(("client_id", $"https://127.0.0.1:{port}/client")));
        var reached = came.IsCompleted || listener.Pending();
        listener.Stop();
        return reached;
    }

    private static async Task<bool> RegisterAsync(Removal removal)
    {
        await using var host = await removal.StartAsync();
        var last = HttpStatusCode.OK;
        for (var i = 0; i < 40; i++)
        {
            using var response = await host.Client.PostAsJsonAsync(
                "/register", new { redirect_uris = new[] { OAuthClientDriver.RedirectUri }, client_name = "Flood" });
            last = response.StatusCode;
        }

        return last == HttpStatusCode.Created;
    }

    /// <summary>Whether the right password gets in at once after 20 wrong ones.</summary>
    private static async Task<bool> GuessAsync(Removal removal)
    {
        await using var site = await AuthorizeSite.StartAsync(removal.Configure, removal.Settings);
        using var person = new Person(site.Host);
        var page = await person.OpenAsync(site.Ask());
        for (var i = 0; i < 20; i++)
        {
            await person.LogInAsync(page, "alice", $"a wrong guess number {i}");
        }

        return (await person.LogInAsync(page, "alice")).Status == HttpStatusCode.SeeOther;
    }

    private static void WithNotes(IServiceCollection services) =>
        services.AddCSharpServers(typeof(NotesServer).Assembly);

    /// <summary>Believes whatever key has the form of one.</summary>
    private sealed class GullibleScheme : ICredentialScheme
    {
        public bool Accepts(string credential) => true;

        public ValueTask<CredentialLookup> VerifyAsync(
            string credential, CredentialUse use, CancellationToken cancellationToken) =>
            new(CredentialLookup.Of(new CallerIdentity
            {
                Tenant = TenantId.Default,
                Principal = PrincipalId.Parse("key:anybody"),
                Credential = "key:anybody",
                Scopes = [McpScopes.Tools],
                Roles = ["mcp-user"],
                Permissions = ["mcp.*:*"],
            }));
    }
}
