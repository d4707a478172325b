using System.Net;

namespace Smcp.OAuth;

/// <summary>How often a client may ask for tokens.</summary>
public sealed class TokenRateTests
{
    private static readonly (string, string)[] Slow =
        [("Smcp:Gateway:OAuth:ClientRequestsPerMinute", "60"), ("Smcp:Gateway:OAuth:ClientBurst", "3")];

    [Fact]
    public async Task Client_IsToldToWait_WhenItAsksTooOften()
    {
        await using var host = await SecurityHost.StartAsync(null, Slow);
        var eager = await OAuthClientDriver.OfTenantAsync(host, "eager", ["mcp-user"]);
        var other = await OAuthClientDriver.OfTenantAsync(host, "other", ["mcp-user"]);
        var resource = ("resource", (string?)host.ResourceOf("echo"));
        for (var i = 0; i < 3; i++)
        {
            (await eager.AskForItselfAsync(resource)).IsGranted();
        }

        (await eager.AskForItselfAsync(resource)).IsRefused(
            "temporarily_unavailable", HttpStatusCode.TooManyRequests);
        (await other.AskForItselfAsync(resource)).IsGranted();
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        (await eager.AskForItselfAsync(resource)).IsGranted();
    }

    [Fact]
    public async Task Client_KeepsItsRate_WhenOthersUseItsName()
    {
        await using var host = await SecurityHost.StartAsync(null, Slow);
        var robot = await OAuthClientDriver.OfTenantAsync(host, "robot", ["mcp-user"]);
        var thief = new OAuthClientDriver(host, robot.Id, "smcps.guessed");
        var resource = ("resource", (string?)host.ResourceOf("echo"));
        for (var i = 0; i < 6; i++)
        {
            (await thief.AskForItselfAsync(resource)).IsRefused("invalid_client", HttpStatusCode.Unauthorized);
        }

        (await robot.AskForItselfAsync(resource)).IsGranted();
    }
}
