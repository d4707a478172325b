using System.Globalization;
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

    /// <summary>A name is what an app calls itself: the page says what else there is to know an app by.</summary>
    [Fact]
    public async Task AppsOfOneName_AreToldApart()
    {
        await using var site = await AuthorizeSite.StartAsync();
        using var alice = new Person(site.Host);
        await ConnectAsync(site, alice, "alice");
        var other = await AuthorizeSite.RegisterAsync(site.Host, "Notes");
        await alice.AllowAsync(await alice.OpenAsync(
            site.Ask(("client_id", other), ("redirect_uri", AuthorizeSite.Local))));

        var account = await alice.OpenAsync("/account");

        var rows = Row().Matches(account.Text).Select(match => match.Value).ToList();
        Assert.Equal(2, rows.Count);
        Assert.All(rows, row => Assert.Contains("<bdi>Notes</bdi>", row, StringComparison.Ordinal));
        var hers = Assert.Single(rows, row => row.Contains(site.Client, StringComparison.Ordinal));
        var its = Assert.Single(rows, row => row.Contains(other, StringComparison.Ordinal));
        Assert.Contains("returns to app.example<", hers, StringComparison.Ordinal);
        Assert.Contains("returns to your own computer (127.0.0.1)<", its, StringComparison.Ordinal);
        var day = site.Host.Clock.GetUtcNow().ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        Assert.All(rows, row => Assert.Contains($"Let in {day}, ", row, StringComparison.Ordinal));
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

    [GeneratedRegex("<li>.*?</li>", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("name=\"form_token\" value=\"([^\"]*)\"")]
    private static partial Regex Token();
}
