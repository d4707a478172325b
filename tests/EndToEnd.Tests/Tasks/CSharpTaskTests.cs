using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Tasks;

/// <summary>
/// The official C# client with the tasks of 2025-11-25. It has no methods for them, so the requests are its raw ones;
/// that it is asked, and finds its notifications, is its own doing.
/// </summary>
[Collection(ServedCollection.Name)]
public sealed class CSharpTaskTests(ServedFixture served)
{
    [Fact]
    public async Task Client_AnswersATasksQuestion_AndGetsItsResult()
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        var ended = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var related = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var transport = new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = served.Everything,
            TransportMode = HttpTransportMode.StreamableHttp,
        });
        await using var client = await McpClient.CreateAsync(
            transport,
            new McpClientOptions
            {
                ProtocolVersion = "2025-11-25",
                Handlers = new McpClientHandlers
                {
                    ElicitationHandler = (asked, _) =>
                    {
                        related.TrySetResult((string?)asked?.Meta?["io.modelcontextprotocol/related-task"]?["taskId"]);
                        return ValueTask.FromResult(new ElicitResult
                        {
                            Action = "accept",
                            Content = new Dictionary<string, JsonElement>
                            {
                                ["confirm"] = JsonSerializer.SerializeToElement(true),
                            },
                        });
                    },
                },
            },
            cancellationToken: late.Token);
        await using var registration = client.RegisterNotificationHandler("notifications/tasks/status", (told, _) =>
        {
            if ((string?)told.Params!["status"] == "completed")
            {
                ended.TrySetResult((string?)told.Params["taskId"]);
            }

            return ValueTask.CompletedTask;
        });

        var created = await RequestAsync(
            client,
            "tools/call",
            """{"name":"confirm_delete","arguments":{"filename":"a.txt"},"task":{}}""",
            late.Token);
        var id = (string?)created["task"]!["taskId"];
        var result = await RequestAsync(client, "tasks/result", $$"""{"taskId":"{{id}}"}""", late.Token);

        Assert.Equal("Deleted a.txt", (string?)result["content"]![0]!["text"]);
        Assert.Equal(id, await related.Task.WaitAsync(late.Token));
        Assert.Equal(id, await ended.Task.WaitAsync(late.Token));
    }

    private static async Task<JsonNode> RequestAsync(
        McpClient client, string method, string parameters, CancellationToken cancellationToken)
    {
        var answer = await client.SendRequestAsync(
            new JsonRpcRequest { Method = method, Params = JsonNode.Parse(parameters) }, cancellationToken);
        return answer.Result!;
    }
}
