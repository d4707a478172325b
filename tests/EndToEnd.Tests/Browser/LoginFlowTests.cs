using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Playwright;
using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Browser;

/// <summary>
/// A person connects an app, in a browser as they have it: from the invitation to the code. Each page is shot in light,
/// in dark and on a phone (artifacts/screenshots).
/// </summary>
public sealed class LoginFlowTests
{
    private const string Password = "four unrelated words";

    [ChromiumFact]
    public async Task Person_ConnectsAnApp_FromTheInvitationToTheCode()
    {
        await using var site = await LoginSite.StartAsync();
        await using var browser = await BrowserFixture.StartAsync();
        var page = await browser.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            // A refused form is answered by 400, which Chromium calls an error.
            if (message.Type == "error" && !message.Text.Contains("status of 400", StringComparison.Ordinal))
            {
                complaints.Add(message.Text);
            }
        };

        await page.GotoAsync(site.Invitation);
        await Looks.ShootAsync(page, "invitation");
        await page.GetByLabel("New password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set password" }).ClickAsync();
        await page.WaitForURLAsync("**/account");
        await Looks.ShootAsync(page, "account");
        await page.GetByRole(AriaRole.Link, new() { Name = "Log out" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();
        await page.GetByText("You are logged out").WaitForAsync();

        await page.GotoAsync(site.Authorize());
        await Looks.ShootAsync(page, "login");
        await LogInAsync(page, "not the password");
        Assert.Equal("Wrong name or password.", await page.GetByRole(AriaRole.Alert).InnerTextAsync());
        await Looks.ShootAsync(page, "login-error");
        await LogInAsync(page, Password);
        await page.GetByText("It will be able to").WaitForAsync();
        Assert.Contains(LoginSite.AppName, await page.Locator("h1").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("h1 b").CountAsync());
        await Looks.ShootAsync(page, "consent");
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/callback?**", new() { WaitUntil = WaitUntilState.Commit });

        var answer = QueryHelpers.ParseQuery(new Uri(page.Url).Query);
        Assert.Equal(["code", "iss", "state"], answer.Keys.Order());
        Assert.Equal(LoginSite.State, answer["state"]);
        Assert.Equal(site.Url, answer["iss"]);
        Assert.Empty(complaints);
    }

    [ChromiumFact]
    public async Task Person_IsSentNowhere_WhenTheAddressIsNotTheApps()
    {
        await using var site = await LoginSite.StartAsync();
        await using var browser = await BrowserFixture.StartAsync();
        var page = await browser.NewPageAsync();

        var answer = await page.GotoAsync(site.Authorize("https://evil.example/callback"));

        Assert.Equal(400, answer!.Status);
        Assert.StartsWith(site.Url, page.Url, StringComparison.Ordinal);
        await Looks.ShootAsync(page, "error");
    }

    private static async Task LogInAsync(IPage page, string password)
    {
        await page.GetByLabel("Name or e-mail").FillAsync("admin");
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
    }
}
