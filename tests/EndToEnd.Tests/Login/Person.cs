using Microsoft.Playwright;

namespace Smcp.EndToEnd.Login;

/// <summary>A person at Chromium, who goes where a client sends them.</summary>
internal sealed class Person(IPage page) : IAsyncDisposable
{
    public IPage Page => page;

    /// <summary>Opens a client's authorization request and logs in.</summary>
    public async Task LogInAsync(string url, string name, string password = MembersFixture.Password)
    {
        await Page.GotoAsync(url);
        await LogInHereAsync(name, password);
    }

    /// <summary>Fills in the log-in form of the page.</summary>
    public async Task LogInHereAsync(string name, string password = MembersFixture.Password)
    {
        await Page.GetByLabel("Name or e-mail").FillAsync(name);
        await Page.GetByLabel("Password").FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
    }

    /// <summary>What the page says is wrong.</summary>
    public Task<string> ProblemAsync() => Page.GetByRole(AriaRole.Alert).InnerTextAsync();

    public Task AllowAsync() => PressAsync("Allow");

    public Task DenyAsync() => PressAsync("Do not allow");

    public async ValueTask DisposeAsync() => await page.CloseAsync();

    private Task PressAsync(string button) =>
        Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
}
