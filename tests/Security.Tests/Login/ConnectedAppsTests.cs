using System.Text.RegularExpressions;
using Smcp.Identity.OAuth;
using Smcp.OAuth;
using Smcp.OAuth.Authorize;

namespace Smcp.Login;

/// <summary>Users see the apps that they let in, and disconnect them.</summary>
public sealed partial class ConnectedAppsTests
{
    [Fact]
    public async Task User_SeesAnApp_AndDisconnectsIt()
    {
        await using var site = await AuthorizeSite.StartAsync();
        using var alice = new Person(site.Host);
        var token = await ConnectAsync(site, alice, "alice");

        var account = await alice.OpenAsync("/account");
        Assert.Contains("<bdi>Notes</bdi>", account.Text, StringComparison.Ordinal);
        await DisconnectAsync(alice, account, GrantOf(token));

        (await AppOf(site).RefreshAsync(token)).IsRefused("invalid_grant");
        var after = await alice.OpenAsync("/account");
        Assert.Contains("No app acts in your name.", after.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_NeitherSeesNorDisconnects_AnothersApp()
    {
        await using var site = await AuthorizeSite.StartAsync();
        await site.Host.JoinAsync("mallory", "mcp-user");
        using var alice = new Person(site.Host);
        using var mallory = new Person(site.Host);
        var token = await ConnectAsync(site, alice, "alice");
        var own = await ConnectAsync(site, mallory, "mallory");

        var account = await mallory.OpenAsync("/account");
        Assert.DoesNotContain(GrantOf(token), account.Text, StringComparison.Ordinal);
        await DisconnectAsync(mallory, account, GrantOf(token));

        (await AppOf(site).RefreshAsync(token)).IsGranted();
        (await AppOf(site).RefreshAsync(own)).IsGranted();
    }

    private static OAuthClientDriver AppOf(AuthorizeSite site) => new(site.Host, ClientId.Parse(site.Client));

    private static async Task<string> ConnectAsync(AuthorizeSite site, Person person, string name)
    {
        var sent = await person.AllowAsync(await person.ComeToConsentAsync(site.Ask(), name));
        var tokens = await AppOf(site).RedeemAsync(sent.Sent["code"], ("redirect_uri", AuthorizeSite.Web));
        return tokens.IsGranted().RefreshToken;
    }

    private static Task<Seen> DisconnectAsync(Person person, Seen account, string grant) => person.PostAsync(
        "/account",
        [
            KeyValuePair.Create("form_token", Token().Match(account.Text).Groups[1].Value),
            KeyValuePair.Create("grant", grant),
            KeyValuePair.Create("do", "disconnect"),
        ]);

    private static string GrantOf(string refreshToken) => refreshToken.Split('.')[2];

    [GeneratedRegex("name=\"form_token\" value=\"([^\"]*)\"")]
    private static partial Regex Token();
}
