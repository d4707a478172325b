using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Remote;

/// <summary>
/// A server elsewhere, deployed by its address: two of the product as their users start them, and the official client
/// of each era before the one.
/// </summary>
public sealed class RemoteServerTests
{
    [Fact]
    public async Task Server_IsDeployedByItsAddress_AndServesClientsOfEachEra()
    {
        using var backData = new DataFolder();
        using var frontData = new DataFolder();
        await using var back = await Standalone.StartAsync(backData.Path);
        await using var front = await Standalone.StartAsync(
            frontData.Path,
            [
                $"--Smcp:EgressProxy:InternalPlaces:0={back.Url.Host}:{back.Url.Port}",
                "--Smcp:Remote:RequireTls=false",
            ]);
        using var administration = new Administration(front, Administration.KeyOf(frontData.Path));
        await DeployAsync(administration, back.Endpoint("everything"));
        var key = await administration.KeyAsync("default", "mcp:read mcp:tools");

        foreach (var revision in new[] { "2025-06-18", "2026-07-28" })
        {
            await using var client = await ConnectAsync(front.Endpoint("elsewhere"), key, revision);
            var greeted = await client.CallToolAsync(
                "test_elicitation", new Dictionary<string, object?> { ["message"] = "Who are you?" });

            Assert.Contains(await client.ListToolsAsync(), tool => tool.Name == "test_simple_text");
            Assert.Contains(
                "Bob", Assert.IsType<TextContentBlock>(greeted.Content[0]).Text, StringComparison.Ordinal);
        }
    }

    private static async Task DeployAsync(Administration administration, Uri address)
    {
        const string Versions = "tenants/default/servers/elsewhere/versions";
        var made = await administration.DoAsync(
            "POST",
            Versions,
            $$$"""{"runtime":"remote","scope":"shared","manifest":"live","remote":{"url":"{{{address}}}"}}""");
        var number = made!["version"]?["number"] ?? made["number"];
        await administration.DoAsync("POST", $"{Versions}/{number}/activate", "{}");
    }

    private static Task<McpClient> ConnectAsync(Uri endpoint, string key, string revision) => McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = endpoint,
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {key}" },
        }),
        new McpClientOptions
        {
            ProtocolVersion = revision,
            Handlers = new McpClientHandlers
            {
                ElicitationHandler = (asked, _) => ValueTask.FromResult(new ElicitResult
                {
                    Action = "accept",
                    Content = asked!.RequestedSchema!.Properties.Keys
                        .ToDictionary(k => k, _ => JsonSerializer.SerializeToElement("Bob")),
                }),
            },
        });
}
