using Microsoft.Playwright;
using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Browser;

/// <summary>A headless Chromium with a fresh profile.</summary>
internal sealed class BrowserFixture : IAsyncDisposable
{
    private static readonly string[] Arguments =
    [
        // The browser's own guard of the local network would hide what the server's answer does.
        "--disable-features=LocalNetworkAccessChecks",
        "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update",
        "--disable-sync",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private BrowserFixture(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    public static async Task<BrowserFixture> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Workspace.Chromium,
            ChromiumSandbox = false,
            Args = Arguments,
        });
        return new BrowserFixture(playwright, browser);
    }

    public async Task<IPage> NewPageAsync()
    {
        var page = await _browser.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
