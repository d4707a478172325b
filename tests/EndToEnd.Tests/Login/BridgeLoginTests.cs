using System.Text.Json.Nodes;
using System.Threading.Channels;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Login;

/// <summary>mcp-remote logs in for a client that knows only stdio.</summary>
[Collection(MembersCollection.Name)]
public sealed class BridgeLoginTests(MembersFixture members)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    [BrowserFact]
    public async Task Bridge_LogsIn_AndRefreshesWhatEnded()
    {
        using var late = new CancellationTokenSource(Deadline, TimeProvider.System);
        using var home = new DataFolder();
        var pages = Channel.CreateUnbounded<string>();
        await using var person = await members.MeetAsync();
        var connecting = McpClient.CreateAsync(
            TransportOf(home.Path, pages.Writer),
            new McpClientOptions { ProtocolVersion = "2025-11-25" },
            cancellationToken: late.Token);

        await person.LogInAsync(await pages.Reader.ReadAsync(late.Token), MembersFixture.Member);
        await person.AllowAsync();
        await using var client = await connecting;

        await CallAsync(client, late.Token);
        await members.WaitUntilOverAsync(AccessTokenOf(home.Path), late.Token);
        await CallAsync(client, late.Token);
        Assert.False(pages.Reader.TryRead(out _));
    }

    /// <summary>The bridge says on its error stream where to go; the browser that it opens does nothing.</summary>
    private StdioClientTransport TransportOf(string home, ChannelWriter<string> pages) => new(
        new StdioClientTransportOptions
        {
            Command = Workspace.Node,
            Arguments =
            [
                Workspace.Package("clients", "mcp-remote/dist/proxy.js"),
                members.Everything.ToString(), "--allow-http", "--transport", "http-only",
            ],
            EnvironmentVariables = new Dictionary<string, string?>
            {
                ["MCP_REMOTE_CONFIG_DIR"] = home,
                ["BROWSER"] = "true",
            },
            StandardErrorLines = line =>
            {
                if (line.StartsWith($"{members.Issuer}/authorize?", StringComparison.Ordinal))
                {
                    pages.TryWrite(line);
                }
            },
        });

    /// <summary>The access token that the bridge keeps.</summary>
    private static string AccessTokenOf(string home)
    {
        var file = Directory.EnumerateFiles(home, "*tokens.json", SearchOption.AllDirectories).Single();
        return (string)JsonNode.Parse(File.ReadAllText(file))!["access_token"]!;
    }

    private static async Task CallAsync(McpClient client, CancellationToken cancellationToken)
    {
        var answer = await client.CallToolAsync("test_simple_text", cancellationToken: cancellationToken);
        var text = Assert.IsType<TextContentBlock>(Assert.Single(answer.Content));
        Assert.Equal("This is a simple text response for testing.", text.Text);
    }
}
