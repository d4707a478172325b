using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace Smcp.Servers;

/// <summary>Versions of what people have at hand, over HTTP: taken by its form, and no secret in any.</summary>
public sealed class ImportsTests : IAsyncLifetime
{
    private const string Manifest =
        """
        {"manifest_version":"0.3","name":"files","version":"1.4.0","description":"d","author":{"name":"A"},
         "server":{"type":"node","entry_point":"server/index.js","mcp_config":{"command":"node",
          "args":["${__dirname}/server/index.js"],"env":{"API_KEY":"${user_config.api_key}"}}},
         "user_config":{"api_key":{"type":"string","sensitive":true,"required":true}}}
        """;

    private DeploySite _site = null!;

    public async Task InitializeAsync() => _site = await DeploySite.StartAsync();

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Bundle_BecomesAVersion_OnceHoweverOftenItIsSent()
    {
        var (status, made) = await _site.UploadAsync(Bundle(("manifest.json", Manifest), ("server/index.js", "1")));
        var (again, same) = await _site.UploadAsync(Bundle(("manifest.json", Manifest), ("server/index.js", "1")));
        var (fewer, refused) = await _site.UploadAsync(Bundle(("manifest.json", Manifest)));

        Assert.True(status == 201, made.ToJsonString());
        Assert.Equal((200, 1), (again, (int)same["version"]!["number"]!));
        var version = made["version"]!;
        Assert.Equal("files", (string?)version["origin"]!["name"]);
        Assert.Equal("mcpb", (string?)version["origin"]!["form"]);
        Assert.Equal("API_KEY", (string?)version["settings"]!["process"]!["secretEnvironment"]!["API_KEY"]);
        Assert.Equal(400, fewer);
        Assert.Contains("/server/entry_point is no file", (string?)refused["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entry_IsRefused_WhenASecretStandsInIt()
    {
        var refused = await _site.SendAsync(400, "POST", DeploySite.Versions, Entry("Bearer 0123456789abcdef"));
        var made = await _site.SendAsync(201, "POST", DeploySite.Versions, Entry("Bearer ${HUB_TOKEN}"));

        Assert.Contains("store it as a secret of the tenant", (string?)refused["detail"], StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abcdef", refused.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(
            "Bearer ${HUB_TOKEN}", (string?)made["version"]!["settings"]!["remote"]!["headers"]!["Authorization"]);
        Assert.Equal("HUB_TOKEN", (string?)made["version"]!["settings"]!["secrets"]![0]);
    }

    [Fact]
    public async Task Nothing_IsBrought_ForWhoMayNotDeploy()
    {
        var reader = (await _site.Site.KeyAsync("acme", "mcp-user")).Text;

        await _site.SendAsync(
            403, "POST", DeploySite.Versions, JsonNode.Parse("""{"npm":{"package":"a"}}"""), reader);
    }

    private static JsonObject Entry(string authorization) => new()
    {
        ["mcpServers"] = new JsonObject
        {
            ["hub"] = new JsonObject
            {
                ["url"] = "https://hub.example/mcp",
                ["headers"] = new JsonObject { ["Authorization"] = authorization },
            },
        },
    };

    private static MemoryStream Bundle(params (string Path, string Content)[] files)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in files)
            {
                using var output = zip.CreateEntry(path).Open();
                output.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        stream.Position = 0;
        return stream;
    }
}
