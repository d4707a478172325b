using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Deploying;

/// <summary>
/// A server that nobody here wrote, deployed by the name of its package, from the registry that this machine's npm
/// uses, and spoken to by the official client of each era.
/// </summary>
public sealed class NpmServerTests
{
    private const string Versions = "tenants/default/servers/memory/versions";

    [NpmFact]
    public async Task Package_IsDeployedByItsName_AndServesClientsOfEachEra()
    {
        using var data = new DataFolder();
        await using var smcp = await Standalone.StartAsync(data.Path, await RegistryAsync());
        using var administration = new Administration(smcp, Administration.KeyOf(data.Path));
        var made = await administration.DoAsync(
            "POST",
            Versions,
            """
            {"npm":{"package":"@modelcontextprotocol/server-memory","version":">=2025.1.0",
             "env":{"MEMORY_FILE_PATH":"/tmp/memory.jsonl"}}}
            """);
        var version = made!["version"]!;
        Assert.Equal("@modelcontextprotocol/server-memory", (string?)version["origin"]!["name"]);
        Assert.Equal(64, ((string?)version["origin"]!["lock"])!.Length);
        await administration.DoAsync(
            "POST", $"{Versions}/1/manifest/approve", $$"""{"hash":"{{made["manifest"]}}"}""");
        await administration.DoAsync("POST", $"{Versions}/1/activate", "{}");
        var key = await administration.KeyAsync("default", "mcp:read mcp:tools");

        foreach (var revision in new[] { "2025-06-18", "2026-07-28" })
        {
            await using var client = await ConnectAsync(smcp.Endpoint("memory"), key, revision);
            var read = await client.CallToolAsync("read_graph", new Dictionary<string, object?>());

            Assert.Contains(await client.ListToolsAsync(), tool => tool.Name == "create_entities");
            Assert.Contains(
                "entities", Assert.IsType<TextContentBlock>(read.Content[0]).Text, StringComparison.Ordinal);
        }

        var (status, problem) = await administration.AskAsync(
            "POST", Versions, """{"npm":{"package":"@modelcontextprotocol/there-is-no-such-server"}}""");
        Assert.Equal(400, status);
        Assert.Contains("has no package", (string?)problem!["detail"], StringComparison.Ordinal);
    }

    /// <summary>
    /// As npm itself is configured here: by its own settings, or by the authorities that Node.js is told of.
    /// </summary>
    private static async Task<IReadOnlyList<string>> RegistryAsync()
    {
        var arguments = new List<string> { "--Smcp:Npm:RegistryIsInternal=true" };
        if (await SettingAsync("registry") is { } registry)
        {
            arguments.Add($"--Smcp:Npm:Registry={registry}");
        }

        if ((await SettingAsync("cafile") ?? Environment.GetEnvironmentVariable("NODE_EXTRA_CA_CERTS")) is { } file)
        {
            arguments.Add($"--Smcp:Npm:AuthoritiesFile={file}");
        }

        return arguments;
    }

    private static async Task<string?> SettingAsync(string name)
    {
        var run = await ChildProgram.RunAsync("npm", ["config", "get", name, "--loglevel=silent"]);
        return run.Output.Trim() is { Length: > 0 } value and not ("null" or "undefined") ? value : null;
    }

    private static Task<McpClient> ConnectAsync(Uri endpoint, string key, string revision) => McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = endpoint,
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {key}" },
        }),
        new McpClientOptions { ProtocolVersion = revision });
}
