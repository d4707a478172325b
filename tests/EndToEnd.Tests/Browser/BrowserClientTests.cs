using System.Text.Json;
using Microsoft.Playwright;
using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Browser;

/// <summary>
/// A client in a page of another loopback origin that talks to Smcp itself: preflights, exposed headers and streams, as
/// a browser enforces them.
/// </summary>
[Collection(ServedCollection.Name)]
public sealed class BrowserClientTests(ServedFixture served)
{
    private const string ForeignOrigin = "http://pages.example";

    private const string Script =
        """
        async url => {
          const headers = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };
          const post = async (message, more = {}) => {
            const answer = await fetch(url, {
              method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify({ jsonrpc: '2.0', ...message }),
            });
            return { answer, text: await answer.text() };
          };
          const opened = await post({
            id: 1, method: 'initialize',
            params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'page', version: '1' } },
          });
          const session = opened.answer.headers.get('mcp-session-id');
          const own = { 'Mcp-Session-Id': session, 'MCP-Protocol-Version': '2025-11-25' };
          await post({ method: 'notifications/initialized' }, own);
          const progress = await post({
            id: 2, method: 'tools/call',
            params: { name: 'test_tool_with_progress', arguments: {}, _meta: { progressToken: 'p' } },
          }, own);
          const ended = await fetch(url, { method: 'DELETE', headers: own });
          const type = progress.answer.headers.get('content-type');
          return { session, progress: progress.text, type, ended: ended.status };
        }
        """;

    [BrowserFact]
    public async Task Page_UsesASessionDirectly_WhenItsOriginIsLoopback()
    {
        await using var pages = await PageServer.StartAsync();
        await using var browser = await BrowserFixture.StartAsync();
        var page = await browser.NewPageAsync();
        await page.GotoAsync(pages.Url);

        var seen = await page.EvaluateAsync<JsonElement>(Script, served.Everything.ToString());

        Assert.NotEmpty(seen.GetProperty("session").GetString()!);
        Assert.StartsWith("text/event-stream", seen.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.Contains("notifications/progress", seen.GetProperty("progress").GetString(), StringComparison.Ordinal);
        Assert.InRange(seen.GetProperty("ended").GetInt32(), 200, 204);
    }

    [BrowserFact]
    public async Task Page_ReachesNothing_WhenItsOriginIsForeign()
    {
        await using var browser = await BrowserFixture.StartAsync();
        var page = await browser.NewPageAsync();
        await page.RouteAsync($"{ForeignOrigin}/**", route => route.FulfillAsync(new RouteFulfillOptions
        {
            ContentType = "text/html",
            Body = PageServer.Page,
        }));
        await page.GotoAsync($"{ForeignOrigin}/");

        await Assert.ThrowsAsync<PlaywrightException>(
            () => page.EvaluateAsync<JsonElement>(Script, served.Everything.ToString()));
    }
}
