using Microsoft.Playwright;
using Smcp.EndToEnd.Browser;
using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Login;

/// <summary>The pages that people meet beside a plain log-in, as they look.</summary>
[Collection(MembersCollection.Name)]
public sealed class PageLooksTests(MembersFixture members)
{
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    [ChromiumFact]
    public async Task Person_PicksAServer_AndDisconnectsTheApp()
    {
        await using var person = await members.MeetAsync();
        await using var callback = await Callback.StartAsync();
        var page = person.Page;
        var client = await members.RegisterAsync(callback.Uri.ToString());
        await page.GotoAsync(
            $"{members.Issuer}/authorize?response_type=code&client_id={client}&code_challenge_method=S256"
            + $"&code_challenge={Challenge}&redirect_uri={Uri.EscapeDataString(callback.Uri.ToString())}");
        await Looks.ShootAsync(page, "login-organization");
        await page.GetByLabel("Organization").FillAsync("default");
        await person.LogInHereAsync(MembersFixture.Member);
        var picker = page.GetByLabel("Which server may it use?");
        await Looks.ShootAsync(page, "consent-pick");
        await picker.SelectOptionAsync("everything");
        await person.AllowAsync();
        await page.WaitForURLAsync("**/callback?**", new() { WaitUntil = WaitUntilState.Commit });

        await page.GotoAsync($"{members.Issuer}/account");
        await Looks.ShootAsync(page, "account-apps");
        var rows = page.GetByRole(AriaRole.Button, new() { Name = "Disconnect" });
        var before = await rows.CountAsync();
        await rows.First.ClickAsync();

        await Assertions.Expect(rows).ToHaveCountAsync(before - 1);
    }

    [ChromiumFact]
    public async Task Documentation_IsWhole()
    {
        await using var person = await members.MeetAsync();

        await person.Page.GotoAsync($"{members.Issuer}/api/v1/docs");

        await Looks.ShootAsync(person.Page, "docs");
        await person.Page.GetByRole(AriaRole.Link, new() { Name = "Clients" }).ClickAsync();
        Assert.EndsWith("#clients", person.Page.Url, StringComparison.Ordinal);
    }
}
