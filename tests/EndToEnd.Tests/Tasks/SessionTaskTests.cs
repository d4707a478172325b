using System.Text.Json.Nodes;
using Smcp.EndToEnd.Crash;
using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Tasks;

/// <summary>The tasks of 2025-11-25 as they stand on the wire, clause by clause.</summary>
[Collection(ServedCollection.Name)]
public sealed class SessionTaskTests(ServedFixture served) : IAsyncLifetime, IDisposable
{
    private const string Related = "io.modelcontextprotocol/related-task";

    private readonly CancellationTokenSource _late = new(TimeSpan.FromSeconds(60), TimeProvider.System);
    private readonly McpWire _client = new();

    private CancellationToken Late => _late.Token;

    public Task InitializeAsync() => _client.OpenAsync(served.Everything, Late, """{"elicitation":{}}""");

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _client.Dispose();
        _late.Dispose();
    }

    [Fact]
    public async Task Tasks_AreDeclared_ByServerAndTool()
    {
        Assert.Equal(
            """{"list":{},"cancel":{},"requests":{"tools":{"call":{}}}}""",
            _client.Capabilities!["tasks"]!.ToJsonString());
        var tools = (await ResultAsync("tools/list", "{}"))["tools"]!.AsArray();
        Assert.Equal("optional", SupportOf(tools, "slow_compute"));
        Assert.Equal("required", SupportOf(tools, "failing_job"));
        Assert.Null(SupportOf(tools, "greet"));
    }

    [Fact]
    public async Task Task_IsMadePolledListedAndFetched()
    {
        var created = await ResultAsync(
            "tools/call", """{"name":"slow_compute","arguments":{"seconds":0.5,"label":"it"},"task":{"ttl":60000}}""");
        var task = created["task"]!;
        var id = (string)task["taskId"]!;
        Assert.Equal("working", (string?)task["status"]);
        Assert.Equal(60_000, (int)task["ttl"]!);
        Assert.True(DateTimeOffset.TryParse((string?)task["createdAt"], out _));
        Assert.True(DateTimeOffset.TryParse((string?)task["lastUpdatedAt"], out _));
        Assert.Null(created["content"]);
        Assert.Equal(id, (string?)created["_meta"]![Related]!["taskId"]);

        // It blocks: what comes is the final result, by SSE.
        var result = await ResultAsync("tasks/result", Of(id));

        Assert.Equal("Computed it", (string?)result["content"]![0]!["text"]);
        Assert.Equal(id, (string?)result["_meta"]![Related]!["taskId"]);
        var polled = await ResultAsync("tasks/get", Of(id));
        Assert.Equal("completed", (string?)polled["status"]);
        Assert.Null(polled["_meta"]);
        Assert.Contains((await ResultAsync("tasks/list", "{}"))["tasks"]!.AsArray(), t => (string?)t!["taskId"] == id);
    }

    [Fact]
    public async Task Question_ComesOnTheStreamOfTheResult()
    {
        var created = await ResultAsync(
            "tools/call", """{"name":"confirm_delete","arguments":{"filename":"a.txt"},"task":{}}""");
        var id = (string)created["task"]!["taskId"]!;
        var messages = new List<JsonNode>();
        await foreach (var seen in _client.StreamAsync(served.Everything, "tasks/result", Of(id), Late))
        {
            if (seen.Message is not { } message)
            {
                continue;
            }

            messages.Add(message);
            if ((string?)message["method"] == "elicitation/create")
            {
                Assert.Equal("input_required", (string?)(await ResultAsync("tasks/get", Of(id)))["status"]);
                await _client.AnswerAsync(
                    served.Everything, message["id"]!, """{"action":"accept","content":{"confirm":true}}""", Late);
            }
        }

        Assert.Equal(2, messages.Count);
        Assert.Equal(id, (string?)messages[0]["params"]!["_meta"]![Related]!["taskId"]);
        Assert.Equal("Deleted a.txt", (string?)messages[1]["result"]!["content"]![0]!["text"]);
        Assert.Equal("completed", (string?)(await ResultAsync("tasks/get", Of(id)))["status"]);
    }

    [Fact]
    public async Task Task_IsCancelled_AndStaysSo()
    {
        var created = await ResultAsync(
            "tools/call", """{"name":"slow_compute","arguments":{"seconds":600},"task":{}}""");
        var id = (string)created["task"]!["taskId"]!;

        Assert.Equal("cancelled", (string?)(await ResultAsync("tasks/cancel", Of(id)))["status"]);

        Assert.Equal(-32602, await CodeAsync("tasks/cancel", Of(id)));
        Assert.Equal("cancelled", (string?)(await ResultAsync("tasks/get", Of(id)))["status"]);
        Assert.Equal(-32603, await CodeAsync("tasks/result", Of(id)));
    }

    [Fact]
    public async Task Failure_IsAStatusAndTheCallsOwnAnswer()
    {
        var tool = await ResultAsync("tools/call", """{"name":"failing_job","task":{}}""");
        var request = await ResultAsync("tools/call", """{"name":"protocol_error_job","task":{}}""");
        var (first, second) = ((string)tool["task"]!["taskId"]!, (string)request["task"]!["taskId"]!);

        Assert.True((bool)(await ResultAsync("tasks/result", Of(first)))["isError"]!);
        Assert.Equal(-32603, await CodeAsync("tasks/result", Of(second)));
        foreach (var id in new[] { first, second })
        {
            var failed = await ResultAsync("tasks/get", Of(id));
            Assert.Equal("failed", (string?)failed["status"]);
            Assert.NotNull(failed["statusMessage"]);
        }
    }

    [Theory]
    [InlineData("tools/call", """{"name":"greet","arguments":{"name":"x"},"task":{}}""", -32601)]
    [InlineData("tools/call", """{"name":"failing_job"}""", -32601)]
    [InlineData("tools/call", """{"name":"slow_compute","arguments":{"seconds":0},"task":7}""", -32602)]
    [InlineData("tasks/get", """{"taskId":"nobodys"}""", -32602)]
    [InlineData("tasks/result", """{"taskId":"nobodys"}""", -32602)]
    [InlineData("tasks/cancel", """{"taskId":"nobodys"}""", -32602)]
    [InlineData("tasks/list", """{"cursor":"nobodys"}""", -32602)]
    [InlineData("tasks/update", """{"taskId":"nobodys"}""", -32601)]
    public async Task Request_IsRefused(string method, string parameters, int code) =>
        Assert.Equal(code, await CodeAsync(method, parameters));

    [Fact]
    public async Task Task_IsKept_WhenTheProgramIsKilled()
    {
        using var data = new DataFolder();
        using var client = new McpWire();
        string ended, lost;
        await using (var first = await Standalone.StartAsync(data.Path))
        {
            var endpoint = first.Endpoint("everything");
            await client.OpenAsync(endpoint, Late);
            ended = await CreateAsync(client, endpoint, seconds: 0);
            lost = await CreateAsync(client, endpoint, seconds: 600);
            await client.RequestAsync(endpoint, "tasks/result", Of(ended), Late);
            await first.KillAsync();
        }

        await using var second = await Standalone.StartAsync(data.Path);
        var again = second.Endpoint("everything");
        var kept = await client.RequestAsync(again, "tasks/result", Of(ended), Late);
        var died = await client.RequestAsync(again, "tasks/get", Of(lost), Late);
        var list = await client.RequestAsync(again, "tasks/list", "{}", Late);

        Assert.Equal("Computed result", (string?)kept.Message!["result"]!["content"]![0]!["text"]);
        Assert.Equal("failed", (string?)died.Message!["result"]!["status"]);
        Assert.Equal(
            [lost, ended], list.Message!["result"]!["tasks"]!.AsArray().Select(task => (string)task!["taskId"]!));
    }

    private static string? SupportOf(JsonArray tools, string name) =>
        (string?)tools.Single(tool => (string?)tool!["name"] == name)!["execution"]?["taskSupport"];

    private static string Of(string id) => $$"""{"taskId":"{{id}}"}""";

    private async Task<string> CreateAsync(McpWire client, Uri endpoint, int seconds)
    {
        var created = await client.RequestAsync(
            endpoint,
            "tools/call",
            $$$"""{"name":"slow_compute","arguments":{"seconds":{{{seconds}}}},"task":{}}""",
            Late);
        return (string)created.Message!["result"]!["task"]!["taskId"]!;
    }

    private async Task<JsonNode> ResultAsync(string method, string parameters)
    {
        var answer = await _client.RequestAsync(served.Everything, method, parameters, Late);
        return answer.Message!["result"] ?? throw new InvalidOperationException($"{method}: {answer.Data}");
    }

    private async Task<int> CodeAsync(string method, string parameters)
    {
        var answer = await _client.RequestAsync(served.Everything, method, parameters, Late);
        var error = answer.Message!["error"] ?? throw new InvalidOperationException($"{method}: {answer.Data}");
        return (int)error["code"]!;
    }
}
