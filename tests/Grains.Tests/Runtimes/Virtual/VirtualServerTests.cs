using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Servers;

namespace Smcp.Runtimes.Virtual;

public sealed class VirtualServerTests
{
    private static readonly InstanceKey Desk = InstanceKey.Parse("default/desk/shared");

    private readonly MembersCatalog _catalog = new();
    private readonly Dictionary<string, Func<RuntimeCall, Task<McpReply>>> _scripts = new()
    {
        ["notes"] = NotesAsync,
        ["mail"] = MailAsync,
    };

    [Fact]
    public async Task Tools_AreShownUnderTheirNamesHere_WithoutWhatIsPinnedOrFiltered()
    {
        await using var host = await StartAsync();

        var tools = ResultOf(await CallAsync(host, McpMethods.ToolsList))["tools"]!.AsArray();

        Assert.Equal(["remember", "notes_find_all", "mail_send"], tools.Select(tool => (string?)tool!["name"]));
        Assert.Equal("Keeps a thought.", (string?)tools[0]!["description"]);
        Assert.Equal("""{"text":{"type":"string"}}""", tools[0]!["inputSchema"]!["properties"]!.ToJsonString());
        Assert.Equal("""["text"]""", tools[0]!["inputSchema"]!["required"]!.ToJsonString());
        Assert.Equal(7, (int?)tools[0]!["x-unknown"]);
    }

    [Fact]
    public async Task Call_ReachesItsMember_WithThePinnedArgumentWhateverTheClientSays()
    {
        await using var host = await StartAsync();

        var result = ResultOf(await CallAsync(
            host, McpMethods.ToolsCall, "\"name\":\"remember\",\"arguments\":{\"text\":\"milk\",\"folder\":\"all\"}"));

        Assert.Equal("""notes add {"text":"milk","folder":"desk"}""", Script.TextOf(result));
    }

    [Theory]
    [InlineData("add")]
    [InlineData("notes_add")]
    [InlineData("notes_erase")]
    [InlineData("notes_")]
    [InlineData("send")]
    public async Task Call_IsRefused_WhenNothingOfThatNameIsShown(string name)
    {
        await using var host = await StartAsync();

        var outcome = await CallAsync(host, McpMethods.ToolsCall, $"\"name\":\"{name}\"");

        Assert.True(outcome.Answer!.IsError);
        Assert.Equal(McpErrorCodes.InvalidParams, (int?)BodyOf(outcome)["code"]);
        Assert.DoesNotContain(
            host.Factory.Started.SelectMany(r => r.Invoked), call => call.Call.Method == McpMethods.ToolsCall);
    }

    [Fact]
    public async Task List_ShowsTheOthers_WhenAMemberDoesNotAnswer()
    {
        _scripts["mail"] = async call =>
        {
            if (call.Call.Method == McpMethods.ToolsList)
            {
                await new TaskCompletionSource().Task;
            }

            return await MailAsync(call);
        };
        await using var host = await StartAsync();

        var ticket = await host.EndWindowAsync(CallAsync(host, McpMethods.ToolsList));
        var frames = Instance(host).FollowAsync(InstanceHost.Context(), ticket.Stream!.Call, default).LastAsync();
        host.Clock.Advance(new VirtualRuntimeOptions().ListPatience);
        var first = InstanceHost.BodyOf(await InstanceHost.WithPatienceAsync(frames.AsTask(), "the list"));
        var again = ResultOf(await CallAsync(host, McpMethods.ToolsList));

        Assert.Equal(2, first["tools"]!.AsArray().Count);
        Assert.Equal(2, again["tools"]!.AsArray().Count);
    }

    [Fact]
    public async Task List_ShowsTheOthers_WhenAMemberIsNotThere()
    {
        _catalog.Members = [.. _catalog.Members, new VirtualMember { Server = ServerId.Parse("gone") }];
        await using var host = await StartAsync();

        var tools = ResultOf(await CallAsync(host, McpMethods.ToolsList))["tools"]!.AsArray();

        Assert.Equal(3, tools.Count);
    }

    [Fact]
    public async Task Resource_IsReadAtTheFirstMemberThatHasIt()
    {
        await using var host = await StartAsync();

        var mail = ResultOf(await CallAsync(host, McpMethods.ResourcesRead, "\"uri\":\"mail:1\""));
        var note = ResultOf(await CallAsync(host, McpMethods.ResourcesRead, "\"uri\":\"note:1\""));
        var none = await CallAsync(host, McpMethods.ResourcesRead, "\"uri\":\"other:1\"");

        Assert.Equal("mail", (string?)mail["contents"]![0]!["text"]);
        Assert.Equal("notes", (string?)note["contents"]![0]!["text"]);
        Assert.Equal(McpErrorCodes.InvalidParams, (int?)BodyOf(none)["code"]);
    }

    [Fact]
    public async Task Question_GoesToTheClient_AndItsAnswerToTheMember()
    {
        await using var host = await StartAsync();

        var asked = ResultOf(await CallAsync(host, McpMethods.ToolsCall, "\"name\":\"mail_send\""));
        var done = ResultOf(await CallAsync(
            host,
            McpMethods.ToolsCall,
            $"\"name\":\"mail_send\",{Script.State(asked)},{Script.Answers(("to", "bob"))}"));

        Assert.Equal("input_required", (string?)asked["resultType"]);
        Assert.Equal("elicitation/create", (string?)asked["inputRequests"]!["to"]!["method"]);
        Assert.Equal("sent to bob, state s1", Script.TextOf(done));
    }

    [Fact]
    public async Task Member_DecidesWhatItsCallerMayDo_AsOfEachRequest()
    {
        _catalog.Access["mail"] = new ServerAccess
        {
            Kind = ServerAccessKind.Roles,
            Roles = ["clerk"],
        };
        await using var host = await StartAsync();
        var clerk = InstanceHost.Context() with { Roles = ["clerk"] };

        var permitted = await CallAsync(host, McpMethods.ToolsCall, "\"name\":\"mail_send\"", clerk);
        var forbidden = await CallAsync(host, McpMethods.ToolsCall, "\"name\":\"mail_send\"");
        var shown = ResultOf(await CallAsync(host, McpMethods.ToolsList))["tools"]!.AsArray();

        Assert.Equal("input_required", (string?)ResultOf(permitted)["resultType"]);
        Assert.True(forbidden.Answer!.IsError);
        Assert.DoesNotContain(shown, tool => (string?)tool!["name"] == "mail_send");
    }

    [Fact]
    public async Task VirtualServer_IsNoMember()
    {
        _catalog.Members = [.. _catalog.Members, new VirtualMember { Server = ServerId.Parse("other-desk") }];
        await using var host = await StartAsync();

        var tools = ResultOf(await CallAsync(host, McpMethods.ToolsList))["tools"]!.AsArray();
        var called = await CallAsync(host, McpMethods.ToolsCall, "\"name\":\"anything\"");

        Assert.Equal(3, tools.Count);
        Assert.Contains("virtual server", BodyOf(called).Text("message")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_IsHeard_WhenAMemberSaysIt()
    {
        await using var host = await StartAsync();
        var listen = host.Request(
            McpMethods.SubscriptionsListen,
            Script.Params(members: "\"notifications\":{\"toolsListChanged\":true}"));
        await using var heard = Instance(host)
            .ListenAsync(InstanceHost.Context(), listen, default).GetAsyncEnumerator();
        await heard.MoveNextAsync();

        // The member's own listener opens meanwhile, and what it says before that nobody hears: it says it again.
        var hearing = heard.MoveNextAsync().AsTask();
        using var patience = new CancellationTokenSource(InstanceHost.Patience, TimeProvider.System);
        while (!hearing.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            host.Factory.Started.SingleOrDefault(runtime => Of(runtime) == "notes")?.Events.Notify(
                null, new McpFrame { Kind = McpFrameKind.Notification, Method = McpMethods.ToolsListChanged });
            await Task.Yield();
        }

        Assert.True(await hearing);
        Assert.Equal(McpMethods.ToolsListChanged, heard.Current.Method);
    }

    private static Task<McpReply> NotesAsync(RuntimeCall call) => Task.FromResult(call.Call.Method switch
    {
        McpMethods.Discover => Discovered,
        McpMethods.ToolsList => Json("""
            {"tools":[
              {"name":"add","description":"Adds.","x-unknown":7,"inputSchema":{"type":"object",
                "properties":{"text":{"type":"string"},"folder":{"type":"string"}},"required":["text","folder"]}},
              {"name":"find_all","inputSchema":{"type":"object"}},
              {"name":"erase","inputSchema":{"type":"object"}}]}
            """),
        McpMethods.ToolsCall => Script.Text(
            $"notes {ParamsOf(call)["name"]} {ParamsOf(call)["arguments"]?.ToJsonString()}"),
        McpMethods.ResourcesRead => ReadOf(call, "note:", "notes"),
        _ => Json("{}"),
    });

    private static Task<McpReply> MailAsync(RuntimeCall call) => Task.FromResult(call.Call.Method switch
    {
        McpMethods.Discover => Discovered,
        McpMethods.ToolsList => Json("""{"tools":[{"name":"send","inputSchema":{"type":"object"}}]}"""),
        McpMethods.ToolsCall when ParamsOf(call)["inputResponses"] is JsonObject answers => Script.Text(
            $"sent to {answers["to"]!["content"]!["name"]}, state {ParamsOf(call)["requestState"]}"),
        McpMethods.ToolsCall => Json("""
            {"resultType":"input_required","requestState":"s1","inputRequests":{"to":{"method":"elicitation/create",
              "params":{"message":"To whom?","requestedSchema":{"type":"object","properties":{}}}}}}
            """),
        McpMethods.ResourcesRead => ReadOf(call, "mail:", "mail"),
        _ => Json("{}"),
    });

    private static McpReply Discovered => Json("""
        {"supportedVersions":["2026-07-28"],"capabilities":{"tools":{"listChanged":true}}}
        """);

    private static McpReply ReadOf(RuntimeCall call, string prefix, string text) =>
        ParamsOf(call).Text("uri")!.StartsWith(prefix, StringComparison.Ordinal)
            ? Json($$"""{"contents":[{"uri":"{{ParamsOf(call)["uri"]}}","text":"{{text}}"}]}""")
            : McpReply.Error(JsonRpcWriter.Error(McpErrorCodes.ResourceNotFound, "No.", "{\"uri\":\"x\"}"u8));

    private static McpReply Json(string json) => McpReply.Result(Encoding.UTF8.GetBytes(json));

    private static JsonObject ParamsOf(RuntimeCall call) => RawJson.Parse(call.Call.Params)!;

    private static string Of(ScriptedRuntime runtime) => runtime.Start.Instance.Server.ToString();

    private static IInstanceGrain Instance(InstanceHost host) => host.Grains.Locate<IInstanceGrain>(Desk.ToString());

    private static JsonObject ResultOf(McpOutcome outcome) => InstanceHost.ResultOf(outcome);

    private static JsonObject BodyOf(McpOutcome outcome) => RawJson.Parse(outcome.Answer!.Body)!;

    private static Task<McpOutcome> CallAsync(
        InstanceHost host, string method, string members = "", CallContext? caller = null) =>
        Instance(host).CallAsync(
            caller ?? InstanceHost.Context(),
            host.Request(method, Script.Params("{\"elicitation\":{}}", members)),
            default).AsTask();

    private async Task<InstanceHost> StartAsync()
    {
        var host = await InstanceHost.StartAsync(configure: services =>
            services.AddSingleton<IServerCatalog>(_catalog).AddVirtualServers());
        host.Factory.OnStart = runtime => runtime.OnInvoke = (call, _) => _scripts[Of(runtime)](call);
        return host;
    }
}
