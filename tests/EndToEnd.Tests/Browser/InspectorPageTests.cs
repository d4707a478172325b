using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Browser;

/// <summary>The inspector's page in Chromium, as a developer uses it.</summary>
[Collection(ServedCollection.Name)]
public sealed partial class InspectorPageTests(ServedFixture served)
{
    private const string Launcher = "@modelcontextprotocol/inspector/clients/launcher/build/index.js";

    [BrowserFact]
    public async Task Page_ShowsToolsAndCallsOne()
    {
        using var home = new DataFolder();
        await using var inspector = ChildProgram.Start(
            Workspace.Node,
            [
                Workspace.Package("clients", Launcher), "--web", "--transport", "http",
                "--server-url", served.Everything.ToString(),
            ],
            new Dictionary<string, string>
            {
                ["HOME"] = home.Path,
                ["MCP_INSPECTOR_SECRET_STORE"] = "memory",
                ["MCP_AUTO_OPEN_ENABLED"] = "false",
                ["CLIENT_PORT"] = FreePort(),
                ["MCP_SANDBOX_PORT"] = FreePort(),
            });
        var line = await inspector.WaitForLineAsync("MCP_INSPECTOR_API_TOKEN=", TimeSpan.FromSeconds(60));
        await using var browser = await BrowserFixture.StartAsync();
        var page = await browser.NewPageAsync();
        await page.GotoAsync(Url().Match(line).Value);

        // The switch itself is drawn over: its label takes the click.
        await page.GetByRole(AriaRole.Switch).ClickAsync(new LocatorClickOptions { Force = true });
        await page.GetByText("Tools", new PageGetByTextOptions { Exact = true }).First.ClickAsync();
        await page.GetByText("test_simple_text").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = CallButton() }).First.ClickAsync();

        await page.GetByText("This is a simple text response for testing.").First.WaitForAsync();
    }

    /// <summary>The inspector takes no port 0: one that is free now.</summary>
    private static string FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"http://\S+")]
    private static partial Regex Url();

    [GeneratedRegex("^(Run|Call|Execute)")]
    private static partial Regex CallButton();
}
