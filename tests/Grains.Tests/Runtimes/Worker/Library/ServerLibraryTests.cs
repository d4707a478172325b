using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Smcp.Runtimes.Worker.Configuring;

namespace Smcp.Runtimes.Worker.Library;

public sealed class ServerLibraryTests
{
    private const string Source =
        """
        import { ask, elicitation, McpError, text } from "smcp:server";
        export const info = { name: "probe", version: "2.0.0", instructions: "Ask." };
        export const tools = {
          add: {
            description: "Adds.",
            inputSchema: {
              type: "object", properties: { a: { type: "integer" }, b: { type: "integer" } },
              required: ["a", "b"], additionalProperties: false,
            },
            outputSchema: { type: "object" },
            run: ({ a, b }) => ({ sum: a + b }),
          },
          plain: (args) => `hello ${args.name}`,
          fails: () => { throw new Error("no luck"); },
          refuses: () => { throw new McpError(-32602, "not so", { why: 1 }); },
          async talks(args, context) {
            await context.log("debug", "hidden");
            await context.log("warning", "seen");
            await context.progress(1, 2, "half");
            return text("done") && "done";
          },
          asks(args, context) {
            return context.answers === undefined
              ? ask({ name: elicitation("Who?", { type: "object", properties: {} }) }, { step: 1 })
              : `${context.answers.name.content.name} ${context.state.step}`;
          },
        };
        export const prompts = {
          greet: {
            description: "Greets.", arguments: [{ name: "who", required: true }],
            get: ({ who }) => `Greet ${who}.`, complete: ({ value }) => [value + "1"],
          },
        };
        export const resources = { "probe://a": { mimeType: "text/plain", read: () => "A" } };
        export const resourceTemplates = {
          "probe://{id}/data": { read: (uri, { id }) => id === "none" ? null : new Uint8Array([1, 2]) },
        };
        """;

    [WorkerdFact]
    public async Task Discover_SaysWhatIsOffered()
    {
        await using var running = await StartAsync();

        var result = await ResultAsync(running, "server/discover");

        Assert.Equal("2026-07-28", (string?)result["supportedVersions"]![0]);
        Assert.Equal("Ask.", (string?)result["instructions"]);
        Assert.Equal(
            ["logging", "tools", "prompts", "resources", "completions"],
            result["capabilities"]!.AsObject().Select(pair => pair.Key));
        Assert.Equal("probe", (string?)result["_meta"]!["io.modelcontextprotocol/serverInfo"]!["name"]);
        Assert.Equal("complete", (string?)result["resultType"]);
    }

    [WorkerdFact]
    public async Task Tool_IsCalled_WithWhatItsSchemaAllows()
    {
        await using var running = await StartAsync();

        var right = await CallAsync(running, "add", new JsonObject { ["a"] = 2, ["b"] = 3 });
        var wrong = await CallAsync(running, "add", new JsonObject { ["a"] = 2, ["b"] = "3" });
        var missing = await CallAsync(running, "add", new JsonObject { ["a"] = 2 });
        var unknown = await CallAsync(running, "add", new JsonObject { ["a"] = 2, ["b"] = 3, ["c"] = 4 });

        Assert.Equal(5, (int?)right["structuredContent"]!["sum"]);
        Assert.Equal("arguments.b must be of type integer.", FailureOf(wrong));
        Assert.Equal("arguments.b is missing.", FailureOf(missing));
        Assert.Equal("arguments.c is not known.", FailureOf(unknown));
    }

    [WorkerdFact]
    public async Task Tool_ThatThrows_TellsTheModel()
    {
        await using var running = await StartAsync();

        Assert.Equal("no luck", FailureOf(await CallAsync(running, "fails", [])));
        var refused = await running.CallAsync("tools/call", new JsonObject { ["name"] = "refuses" });
        Assert.Equal(-32602, (int?)refused["error"]!["code"]);
        Assert.Equal(1, (int?)refused["error"]!["data"]!["why"]);
    }

    [WorkerdFact]
    public async Task Tool_ThatTalks_IsAStream()
    {
        await using var running = await StartAsync();
        const string Body =
            """
            {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"talks","_meta":{
            "io.modelcontextprotocol/protocolVersion":"2026-07-28",
            "io.modelcontextprotocol/logLevel":"info","progressToken":9}}}
            """;

        using var answer = await running.Client.PostAsync("/", new StringContent(Body));

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        var events = (await answer.Content.ReadAsStringAsync())
            .Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal))
            .Select(line => JsonNode.Parse(line[6..])!).ToList();
        Assert.Equal(3, events.Count);
        Assert.Equal("seen", (string?)events[0]["params"]!["data"]);
        Assert.Equal(9, (int?)events[1]["params"]!["progressToken"]);
        Assert.Equal("done", (string?)events[2]["result"]!["content"]![0]!["text"]);
    }

    [WorkerdFact]
    public async Task Tool_Asks_AndIsCalledAgainWithTheAnswer()
    {
        await using var running = await StartAsync();

        var asked = await CallAsync(running, "asks", []);
        var answered = await ResultAsync(running, "tools/call", new JsonObject
        {
            ["name"] = "asks",
            ["requestState"] = (string?)asked["requestState"],
            ["inputResponses"] = new JsonObject
            {
                ["name"] = new JsonObject { ["action"] = "accept", ["content"] = new JsonObject { ["name"] = "Ann" } },
            },
        });

        Assert.Equal("input_required", (string?)asked["resultType"]);
        Assert.Equal("elicitation/create", (string?)asked["inputRequests"]!["name"]!["method"]);
        Assert.Equal("Ann 1", (string?)answered["content"]![0]!["text"]);
    }

    [WorkerdFact]
    public async Task PromptsAndResources_AreRead()
    {
        await using var running = await StartAsync();

        var prompt = await ResultAsync(running, "prompts/get", new JsonObject
        {
            ["name"] = "greet",
            ["arguments"] = new JsonObject { ["who"] = "Ann" },
        });
        var resource = await ResultAsync(running, "resources/read", new JsonObject { ["uri"] = "probe://a" });
        var template = await ResultAsync(running, "resources/read", new JsonObject { ["uri"] = "probe://x%20y/data" });
        var missing = await running.CallAsync("resources/read", new JsonObject { ["uri"] = "probe://none/data" });

        Assert.Equal("Greet Ann.", (string?)prompt["messages"]![0]!["content"]!["text"]);
        Assert.Equal("A", (string?)resource["contents"]![0]!["text"]);
        Assert.Equal("AQI=", (string?)template["contents"]![0]!["blob"]);
        Assert.Equal(-32602, (int?)missing["error"]!["code"]);
    }

    [WorkerdFact]
    public async Task Revision_ThatIsAnother_IsRefused()
    {
        await using var running = await StartAsync();

        using var answer = await running.Client.PostAsync(
            "/", new StringContent("""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}"""));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(-32022, (int?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]!["code"]);
    }

    [WorkerdFact]
    public async Task Worker_WithAFetchOfItsOwn_IsLeftAlone()
    {
        await using var running = await StartAsync("export default { fetch() { return new Response('mine'); } };");

        Assert.Equal("mine", await running.AskAsync());
    }

    private static async Task<RunningWorkerd> StartAsync(string source = Source)
    {
        var folder = Directory.CreateTempSubdirectory("smcp-i").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "main's \"own\".mjs"), source, Encoding.UTF8);
        var running = new RunningWorkerd();
        running.Modules.AddRange(WorkerModules.Of(folder, "main's \"own\".mjs", running.Options));
        Directory.Delete(folder, recursive: true);
        await running.StartAsync();
        return running;
    }

    private static Task<JsonNode> CallAsync(RunningWorkerd running, string tool, JsonObject arguments) =>
        ResultAsync(running, "tools/call", new JsonObject { ["name"] = tool, ["arguments"] = arguments });

    private static async Task<JsonNode> ResultAsync(
        RunningWorkerd running, string method, JsonObject? parameters = null)
    {
        var answer = await running.CallAsync(method, parameters ?? []);
        return answer["result"] ?? throw new InvalidOperationException(answer.ToJsonString());
    }

    private static string? FailureOf(JsonNode result)
    {
        Assert.True((bool?)result["isError"]);
        return (string?)result["content"]![0]!["text"];
    }
}
