using System.Net;
using System.Text.Json.Nodes;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Servers;

namespace Smcp;

/// <summary>What 2026-07-28 demands of a request and its headers.</summary>
[Collection("tracing")]
public sealed class StatelessTransportTests : IAsyncLifetime
{
    private const string Meta = "io.modelcontextprotocol/";

    private GatewayHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Request_IsAnsweredWithoutSession_WhenItsMetaSaysTheVersion()
    {
        using var response = await _host.Client.SendAsync(
            McpWire.Stateless(
                "tools/call", """{"name":"echo"}""", (McpHeaders.SessionId, "bogus"), (McpHeaders.LastEventId, "1-1")));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains(McpHeaders.SessionId));
        var (context, call) = Assert.Single(_host.Grains.Shared.Calls);
        Assert.Equal("2026-07-28", context.Revision);
        Assert.Null(call.Session);
    }

    [Fact]
    public async Task Request_GoesToAnInstanceOfItsPrincipal_WhenTheServerIsNotShared()
    {
        _host.Grains.Server.Scope = InstanceScope.Session;

        await _host.SendAsync(McpWire.Stateless("tools/call", """{"name":"echo"}"""));

        Assert.Single(_host.Grains.Instance("default/echo/anonymous").Calls);
    }

    [Fact]
    public async Task Request_GoesToOneMemberOfAPool_WheneverItsPrincipalCalls()
    {
        _host.Grains.Server.Scope = InstanceScope.Pool;
        _host.Grains.Server.PoolMembers = 64;
        var server = new ServerKey(TenantId.Parse("default"), ServerId.Parse("echo"));
        var member = InstanceKey.Of(server, _host.Grains.Server.Definition, "anonymous", PrincipalId.Anonymous);

        await _host.SendAsync(McpWire.Stateless("tools/call", """{"name":"echo"}"""));
        await _host.SendAsync(McpWire.Stateless("tools/call", """{"name":"echo"}"""));

        Assert.StartsWith("default/echo/pool-", member.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, _host.Grains.Instance(member.ToString()).Calls.Count);
    }

    [Fact]
    public async Task Request_IsSentAgain_WhenItsInstanceMoves()
    {
        var asked = 0;
        _host.Grains.Shared.OnCall = _ => ++asked < 3
            ? McpOutcome.Refused(FaultReason.Moving, "moving; nothing was run")
            : McpOutcome.Answered(McpReply.Result("{}"u8.ToArray()));

        Assert.Equal(200, (await _host.SendAsync(McpWire.Stateless("tools/call", """{"name":"echo"}"""))).Status);
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task Request_Is503_WhenItsInstanceMovesForTooLong()
    {
        await using var host = await GatewayHost.StartAsync(null, ("Moving:Patience", "00:00:00"));
        host.Grains.Shared.OnCall = _ => McpOutcome.Refused(FaultReason.Moving, "moving; nothing was run");

        Assert.Equal(503, (await host.SendAsync(McpWire.Stateless("tools/call", """{"name":"echo"}"""))).Status);
    }

    [Fact]
    public async Task Definition_IsAskedForOnce_WhenRequestsFollowEachOther()
    {
        await _host.SendAsync(McpWire.Stateless("server/discover"));
        await _host.SendAsync(McpWire.Stateless("server/discover"));

        Assert.Equal(1, _host.Grains.Server.Asked);
    }

    [Fact]
    public async Task Server_Is401_WhenThereIsNoneAndNobodySaysWhoHeIs()
    {
        var request = McpWire.Stateless("server/discover");
        request.RequestUri = new Uri("/t/default/s/nothing/mcp", UriKind.Relative);

        Assert.Equal(401, (await _host.SendAsync(request)).Status);
    }

    [Theory]
    [InlineData("""{"_meta":{"io.modelcontextprotocol/clientCapabilities":{}}}""")]
    [InlineData("""{"_meta":{}}""")]
    [InlineData("""{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}""")]
    [InlineData(
        """
        {"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",
                  "io.modelcontextprotocol/clientCapabilities":[]}}
        """)]
    [InlineData(
        """{"_meta":{"io.modelcontextprotocol/protocolVersion":5,"io.modelcontextprotocol/clientCapabilities":{}}}""")]
    public async Task Meta_Is400InvalidParams_WhenARequiredFieldIsMissing(string parameters)
    {
        var (status, body) = await _host.SendAsync(McpWire.Stateless("server/discover", parameters));

        Assert.Equal((400, McpErrorCodes.InvalidParams), (status, body.Code()));
        Assert.Equal(1, (int)body!["id"]!);
    }

    [Fact]
    public async Task Meta_Is400InvalidParams_WhenThereIsNone()
    {
        var (status, body) = await _host.SendAsync(McpWire.Post(
            McpWire.Request("server/discover"),
            (McpHeaders.ProtocolVersion, "2026-07-28"), (McpHeaders.Method, "server/discover")));

        Assert.Equal((400, McpErrorCodes.InvalidParams), (status, body.Code()));
    }

    [Theory]
    [InlineData("v999.0.0", "v999.0.0", McpErrorCodes.UnsupportedVersion)]
    [InlineData("v999.0.0", "2026-07-28", McpErrorCodes.HeaderMismatch)]
    [InlineData("2026-07-28", "2025-11-25", McpErrorCodes.HeaderMismatch)]
    [InlineData("2026-07-28", "v999.0.0", McpErrorCodes.HeaderMismatch)]
    [InlineData("2026-07-28", null, McpErrorCodes.HeaderMismatch)]
    public async Task Version_Is400_WhenUnsupportedOrNotTheHeaders(string body, string? header, int code)
    {
        var answer = await _host.SendAsync(McpWire.Stateless(
            "server/discover", Claiming(body),
            (McpHeaders.ProtocolVersion, header)));

        Assert.Equal((400, code), (answer.Status, answer.Body.Code()));
    }

    [Fact]
    public async Task Version_NamesAllThatAreServed_WhenItIsUnsupported()
    {
        var (_, body) = await _host.SendAsync(McpWire.Stateless(
            "server/discover", Claiming("1900-01-01"),
            (McpHeaders.ProtocolVersion, "1900-01-01")));

        var data = body!["error"]!["data"]!;
        Assert.Equal("1900-01-01", (string?)data["requested"]);
        Assert.Equal(
            McpRevision.Supported.Select(revision => revision.Value),
            data["supported"]!.AsArray().Select(version => (string?)version));
    }

    [Theory]
    [InlineData("tools/list", 200)]
    [InlineData("  tools/list  ", 200)]
    [InlineData("prompts/list", 400)]
    [InlineData("TOOLS/LIST", 400)]
    [InlineData("", 400)]
    [InlineData(null, 400)]
    public async Task MethodHeader_Is400_WhenItIsNotTheBodysMethod(string? header, int expected)
    {
        var (status, body) = await _host.SendAsync(McpWire.Stateless("tools/list", "{}", (McpHeaders.Method, header)));

        Assert.Equal(expected, status);
        Assert.Equal(expected == 200 ? null : McpErrorCodes.HeaderMismatch, (int?)body!["error"]?["code"]);
    }

    [Theory]
    [InlineData("mcp-method")]
    [InlineData("MCP-METHOD")]
    public async Task HeaderNames_MayBeInAnyCase(string name)
    {
        var request = McpWire.Stateless("tools/list", "{}", (McpHeaders.Method, null), (name, "tools/list"));

        Assert.Equal(200, (await _host.SendAsync(request)).Status);
    }

    [Theory]
    [InlineData("tools/call", """{"name":"add"}""", "add", 200)]
    [InlineData("tools/call", """{"name":"add"}""", "  add  ", 200)]
    [InlineData("tools/call", """{"name":"add"}""", "=?base64?YWRk?=", 200)]
    [InlineData("tools/call", """{"name":"add"}""", "=?base64?YWRk", 400)]
    [InlineData("tools/call", """{"name":"add"}""", "Add", 400)]
    [InlineData("tools/call", """{"name":"add"}""", null, 400)]
    [InlineData("tools/call", """{}""", "add", 400)]
    [InlineData("tools/call", """{"name":5}""", "5", 400)]
    [InlineData("prompts/get", """{"name":"p"}""", "p", 200)]
    [InlineData("prompts/get", """{"name":"p"}""", "q", 400)]
    [InlineData("resources/read", """{"uri":"file:///a"}""", "file:///a", 200)]
    [InlineData("resources/read", """{"uri":"file:///a"}""", null, 400)]
    [InlineData("tasks/get", """{"taskId":"t1"}""", "t1", 200)]
    [InlineData("tasks/cancel", """{"taskId":"t1"}""", "t2", 400)]
    [InlineData("tasks/update", """{"taskId":"t1"}""", null, 400)]
    public async Task NameHeader_Is400_WhenItIsNotTheBodys(
        string method, string parameters, string? header, int expected)
    {
        var (status, body) = await _host.SendAsync(McpWire.Stateless(method, parameters, (McpHeaders.Name, header)));

        Assert.Equal(expected, status);
        Assert.Equal(expected == 200 ? null : McpErrorCodes.HeaderMismatch, (int?)body!["error"]?["code"]);
    }

    [Fact]
    public async Task NameHeader_IsDecoded_WhenTheNameIsNotAscii()
    {
        var encoded = Convert.ToBase64String("größe\n"u8);

        var (status, _) = await _host.SendAsync(McpWire.Stateless(
            "tools/call", """{"name":"größe\n"}""", (McpHeaders.Name, $"=?base64?{encoded}?=")));

        Assert.Equal(200, status);
    }

    [Theory]
    [InlineData("initialize")]
    [InlineData("ping")]
    [InlineData("logging/setLevel")]
    [InlineData("resources/subscribe")]
    [InlineData("resources/unsubscribe")]
    public async Task RemovedMethod_Is404_WhenItIsCalled(string method)
    {
        var (status, body) = await _host.SendAsync(McpWire.Stateless(method));

        Assert.Equal((404, McpErrorCodes.MethodNotFound), (status, body.Code()));
        Assert.Equal(1, (int)body!["id"]!);
    }

    [Theory]
    [InlineData(-32601, 404)]
    [InlineData(-32021, 400)]
    [InlineData(-32020, 400)]
    [InlineData(-32602, 200)]
    [InlineData(-32603, 200)]
    [InlineData(-1, 200)]
    public async Task Error_OfTheServerSetsTheStatus_WhenTheRevisionSaysSo(int code, int expected)
    {
        _host.Grains.Shared.OnCall = _ => McpOutcome.Answered(McpReply.Error(
            System.Text.Encoding.UTF8.GetBytes($"{{\"message\":\"m\",\"code\":{code},\"data\":{{\"x\":{{}}}}}}")));

        var (status, body) = await _host.SendAsync(McpWire.Stateless("tools/call", """{"name":"echo"}"""));

        Assert.Equal((expected, code), (status, body.Code()));
    }

    [Theory]
    [InlineData(FaultReason.MethodNotFound, 404, McpErrorCodes.MethodNotFound)]
    [InlineData(FaultReason.MissingClientCapability, 400, McpErrorCodes.MissingClientCapability)]
    [InlineData(FaultReason.InvalidParams, 200, McpErrorCodes.InvalidParams)]
    [InlineData(FaultReason.LimitExceeded, 429, McpErrorCodes.InternalError)]
    [InlineData(FaultReason.Internal, 200, McpErrorCodes.InternalError)]
    public async Task Fault_SetsStatusAndCode_WhenTheInstanceRefuses(FaultReason reason, int expected, int code)
    {
        _host.Grains.Shared.OnCall = _ => McpOutcome.Refused(reason, "No.");

        var (status, body) = await _host.SendAsync(McpWire.Stateless("tools/call", """{"name":"echo"}"""));

        Assert.Equal((expected, code), (status, body.Code()));
    }

    [Fact]
    public async Task Notification_Is202_WhenAClientSendsOne()
    {
        using var response = await _host.Client.SendAsync(McpWire.Post(
            """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}""",
            (McpHeaders.ProtocolVersion, "2026-07-28")));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Response_Is400_WhenAClientSendsOne()
    {
        var (status, body) = await _host.SendAsync(McpWire.Post(
            """{"jsonrpc":"2.0","id":1,"result":{}}""", (McpHeaders.ProtocolVersion, "2026-07-28")));

        Assert.Equal((400, McpErrorCodes.InvalidRequest), (status, body.Code()));
    }

    [Fact]
    public async Task Batch_Is400_WhenItHasNoSession()
    {
        var (status, body) = await _host.SendAsync(McpWire.Post(
            """[{"jsonrpc":"2.0","id":1,"method":"tools/list"}]""", (McpHeaders.ProtocolVersion, "2026-07-28")));

        Assert.Equal((400, McpErrorCodes.InvalidRequest), (status, body.Code()));
    }

    [Fact]
    public async Task GetAndDelete_Are405_WhenTheVersionHasOnlyPost()
    {
        using var get = await _host.Client.SendAsync(McpWire.Get((McpHeaders.ProtocolVersion, "2026-07-28")));
        using var delete = await _host.Client.SendAsync(McpWire.Delete((McpHeaders.ProtocolVersion, "2026-07-28")));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, get.StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, delete.StatusCode);
        Assert.Contains("POST", get.Content.Headers.Allow);
    }

    [Fact]
    public async Task BothEras_AreServedByOneUrl_WhenTheirClientsMeet()
    {
        var (_, headers) = await _host.OpenSessionAsync("2025-11-25");

        Assert.Equal(200, (await _host.SendAsync(McpWire.Stateless("tools/call", """{"name":"echo"}"""))).Status);
        Assert.Equal(200, (await _host.SendAsync(McpWire.Post(McpWire.Request("tools/list"), headers))).Status);
    }

    [Fact]
    public async Task Result_PassesThroughAsItIs_WhenItHasFieldsNobodyKnows()
    {
        var result = """{"resultType":"complete","future":{"é":[1.0,1e2]},"_meta":{"any/thing":{"name":"s"}}}""";
        _host.Grains.Shared.OnCall = _ =>
            McpOutcome.Answered(McpReply.Result(System.Text.Encoding.UTF8.GetBytes(result)));

        using var response = await _host.Client.SendAsync(McpWire.Stateless("tools/call", """{"name":"echo"}"""));

        Assert.Equal($$$"""{"jsonrpc":"2.0","id":1,"result":{{{result}}}}""",
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task TraceContext_IsTheMessages_WhenHeaderAndMetaBothHaveIt()
    {
        const string InMeta = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        const string InHeader = "00-11111111111111111111111111111111-2222222222222222-01";
        var parameters = JsonNode.Parse($$$"""
            {"name":"echo","_meta":{"{{{Meta}}}protocolVersion":"2026-07-28","{{{Meta}}}clientCapabilities":{},
             "traceparent":"{{{InMeta}}}","tracestate":"a=b"}}
            """)!.ToJsonString();

        await _host.SendAsync(McpWire.Stateless("tools/call", parameters, ("traceparent", InHeader)));
        await _host.SendAsync(McpWire.Stateless("tools/call", """{"name":"echo"}""", ("traceparent", InHeader)));

        var calls = _host.Grains.Shared.Calls;
        Assert.Equal(("a=b", InMeta), (calls[0].Context.TraceState, calls[0].Context.TraceParent));
        Assert.Equal(InHeader, calls[1].Context.TraceParent);
    }

    private static string Claiming(string version) =>
        $"{{\"_meta\":{{\"{Meta}protocolVersion\":\"{version}\",\"{Meta}clientCapabilities\":{{}}}}}}";
}
