using System.Text;
using System.Text.Json;
using Smcp.Protocol;

namespace Smcp;

public sealed class JsonRpcReaderTests
{
    private static JsonRpcFault? Read(string body, out JsonRpcMessage message) =>
        JsonRpcReader.Read(Encoding.UTF8.GetBytes(body), JsonRpcLimits.Default, out message);

    [Fact]
    public void Reader_YieldsRequest_WhenMethodHasId()
    {
        const string Body = """ {"jsonrpc":"2.0","id":"a\u0062","method":"tools/call","params":{"name":"echo"}} """;

        Assert.Null(Read(Body, out var message));

        Assert.Equal(JsonRpcKind.Request, message.Kind);
        Assert.Equal("tools/call", message.Method);
        Assert.Equal("\"a\\u0062\"", message.Id.Token);
        Assert.Equal("""{"name":"echo"}""", Encoding.UTF8.GetString(message.Params.Of(Encoding.UTF8.GetBytes(Body))));
    }

    [Fact]
    public void Reader_YieldsNotification_WhenMethodHasNoId()
    {
        Assert.Null(Read("""{"method":"notifications/initialized","jsonrpc":"2.0"}""", out var message));

        Assert.Equal(JsonRpcKind.Notification, message.Kind);
        Assert.True(message.Id.IsNone);
        Assert.True(message.Params.IsEmpty);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"result":{}}""", false, "{}")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"error":{"code":-1,"message":"no"}}""", true,
        """{"code":-1,"message":"no"}""")]
    public void Reader_YieldsResponse_WhenResultOrErrorHasId(string body, bool isError, string outcome)
    {
        Assert.Null(Read(body, out var message));

        Assert.Equal(JsonRpcKind.Response, message.Kind);
        Assert.Equal(isError, message.IsError);
        Assert.Equal(outcome, Encoding.UTF8.GetString(message.Outcome.Of(Encoding.UTF8.GetBytes(body))));
    }

    [Fact]
    public void Reader_SeesWhatTheGateChecks_WhenParamsHaveIt()
    {
        const string Body = """
            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":
            {"name":"n","uri":"u","taskId":"t","arguments":{"a":1},
            "protocolVersion":"2025-06-18","_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",
            "io.modelcontextprotocol/clientCapabilities":{},"traceparent":"00-a","tracestate":"x=1","progressToken":5}}}
            """;

        Assert.Null(Read(Body, out var message));

        var bytes = Encoding.UTF8.GetBytes(Body);
        var peek = message.Peek;
        Assert.True(peek.HasMeta);
        Assert.Equal("2026-07-28", peek.MetaVersion);
        Assert.Same(McpRevision.V20260728.Value, peek.MetaVersion);
        Assert.Equal(JsonValueKind.Object, peek.ClientCapabilitiesKind);
        Assert.Equal("00-a", peek.TraceParent);
        Assert.Equal("x=1", peek.TraceState);
        Assert.Equal("\"n\"", Encoding.UTF8.GetString(peek.Name.Of(bytes)));
        Assert.Equal("\"u\"", Encoding.UTF8.GetString(peek.Uri.Of(bytes)));
        Assert.Equal("\"t\"", Encoding.UTF8.GetString(peek.TaskId.Of(bytes)));
        Assert.Equal("""{"a":1}""", Encoding.UTF8.GetString(peek.Arguments.Of(bytes)));
        Assert.Equal("{\"a\":1}", Encoding.UTF8.GetString(
            peek.RelativeTo(message.Params.Start).Arguments.Of(message.Params.Of(bytes))));
    }

    [Theory]
    [InlineData("", McpErrorCodes.ParseError)]
    [InlineData("   ", McpErrorCodes.ParseError)]
    [InlineData("{", McpErrorCodes.ParseError)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"", McpErrorCodes.ParseError)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}}", McpErrorCodes.ParseError)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}{}", McpErrorCodes.ParseError)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",}", McpErrorCodes.ParseError)]
    [InlineData("{'jsonrpc':'2.0'}", McpErrorCodes.ParseError)]
    [InlineData("// x\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}", McpErrorCodes.ParseError)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":01,\"method\":\"ping\"}", McpErrorCodes.ParseError)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":NaN,\"method\":\"ping\"}", McpErrorCodes.ParseError)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\nb\"}", McpErrorCodes.ParseError)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\\ud800\"}", McpErrorCodes.ParseError)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"a\":\"\\udc00\"}}",
        McpErrorCodes.ParseError)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"\\ud83d x\":1}}",
        McpErrorCodes.ParseError)]
    [InlineData("\uFEFF{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}", McpErrorCodes.ParseError)]
    [InlineData("null", McpErrorCodes.InvalidRequest)]
    [InlineData("\"text\"", McpErrorCodes.InvalidRequest)]
    [InlineData("12", McpErrorCodes.InvalidRequest)]
    [InlineData("[]", McpErrorCodes.InvalidRequest)]
    [InlineData("{}", McpErrorCodes.InvalidRequest)]
    [InlineData("{\"id\":1,\"method\":\"ping\"}", McpErrorCodes.InvalidRequest)]
    [InlineData("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}", McpErrorCodes.InvalidRequest)]
    [InlineData("{\"jsonrpc\":2.0,\"id\":1,\"method\":\"ping\"}", McpErrorCodes.InvalidRequest)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}", McpErrorCodes.InvalidRequest)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}", McpErrorCodes.InvalidRequest)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1e3,\"method\":\"ping\"}", McpErrorCodes.InvalidRequest)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}", McpErrorCodes.InvalidRequest)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":[1],\"method\":\"ping\"}", McpErrorCodes.InvalidRequest)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":true,\"method\":\"ping\"}", McpErrorCodes.InvalidRequest)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5}", McpErrorCodes.InvalidRequest)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\"}", McpErrorCodes.InvalidRequest)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1}", McpErrorCodes.InvalidRequest)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{},\"error\":{}}", McpErrorCodes.InvalidRequest)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"result\":{}}", McpErrorCodes.InvalidRequest)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"result\":{}}", McpErrorCodes.InvalidRequest)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":5}", McpErrorCodes.InvalidRequest)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":\"no\"}", McpErrorCodes.InvalidRequest)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"ping\"}", McpErrorCodes.InvalidRequest)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"a\":1,\"a\":1}}",
        McpErrorCodes.InvalidRequest)]
    [InlineData(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"a\":{\"k\":1,\"\\u006b\":2}}}",
        McpErrorCodes.InvalidRequest)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":[1]}", McpErrorCodes.InvalidParams)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":null}", McpErrorCodes.InvalidParams)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"_meta\":[]}}",
        McpErrorCodes.InvalidParams)]
    public void Reader_RefusesWithCode_WhenMessageIsMalformed(string body, int code)
    {
        var fault = Read(body, out _);

        Assert.NotNull(fault);
        Assert.Equal(code, fault.Code);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","\u0069d":2,"id":3}""")]
    public void Reader_AnswersWithoutId_WhenTheIdStandsTwice(string body)
    {
        var fault = Read(body, out _);

        Assert.Equal(McpErrorCodes.InvalidRequest, fault!.Code);
        Assert.True(fault.Id.IsNone);
    }

    [Fact]
    public void Reader_AnswersWithTheId_WhenOnlyTheRestIsWrong()
    {
        var fault = Read("""{"jsonrpc":"2.0","method":"x","params":{"a":1,"a":2},"id":42}""", out _);

        Assert.Equal("42", fault!.Id.Token);
    }

    [Theory]
    [InlineData("{\"a\":1,\"b\":{\"a\":1},\"c\":[{\"a\":1},{\"a\":1}]}")]
    [InlineData("{\"\":1,\"a\":2,\"A\":3,\"\\u0061b\":4}")]
    public void Reader_TakesTheSameKey_WhenObjectsDiffer(string parameters) =>
        Assert.Null(Read($$$"""{"jsonrpc":"2.0","id":1,"method":"x","params":{{{parameters}}}}""", out _));

    [Theory]
    [InlineData("\\ud83d\\ude00")]
    [InlineData("\\\\ud800")]
    [InlineData("a\\n\\ud83d\\ude00\\t\\u0000")]
    public void Reader_TakesText_WhenSurrogatesArePaired(string text) =>
        Assert.Null(Read("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"a\":\"" + text + "\"}}", out _));

    [Theory]
    [InlineData(new byte[] { 0xC3, 0x28 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xC0, 0xAF })]
    [InlineData(new byte[] { 0xFF })]
    public void Reader_SaysParseError_WhenUtf8IsInvalid(byte[] bad)
    {
        byte[] body = [.. """{"jsonrpc":"2.0","id":1,"method":"x","params":{"a":" """u8, .. bad, .. "\"}}"u8];

        var fault = JsonRpcReader.Read(body, JsonRpcLimits.Default, out _);

        Assert.Equal(McpErrorCodes.ParseError, fault!.Code);
    }

    [Theory]
    [InlineData(62, false)]
    [InlineData(63, true)]
    public void Reader_RefusesNesting_WhenDeeperThanTheLimit(int arrays, bool refused)
    {
        // The message and its params are two levels.
        var nested = new string('[', arrays) + new string(']', arrays);
        var body = $$$"""{"jsonrpc":"2.0","id":1,"method":"x","params":{"a":{{{nested}}}}}""";

        var fault = Read(body, out _);

        Assert.Equal(refused, fault is not null);
        Assert.Equal(refused ? McpErrorCodes.InvalidRequest : 0, fault?.Code ?? 0);
    }

    [Fact]
    public void Reader_FindsTheDuplicate_WhenAnObjectHasManyKeys()
    {
        var keys = string.Join(",", Enumerable.Range(0, 5000).Select(i => $"\"key{i}\":{i}"));

        Assert.Null(Read($$$"""{"jsonrpc":"2.0","id":1,"method":"x","params":{ {{{keys}}} }}""", out _));
        Assert.NotNull(Read($$$"""{"jsonrpc":"2.0","id":1,"method":"x","params":{ {{{keys}}},"key17":0}}""", out _));
    }

    [Fact]
    public void Reader_RefusesId_WhenItIsLongerThanAnyClientNeeds() =>
        Assert.NotNull(Read($$"""{"jsonrpc":"2.0","id":"{{new string('x', 300)}}","method":"x"}""", out _));

    [Fact]
    public void Reader_AllocatesLittle_WhenTheMessageIsGood()
    {
        var body = """
            {"jsonrpc":"2.0","id":1,"method":"tools/call",
             "params":{"name":"echo","arguments":{"text":"hello","n":[1,2,3]},
             "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",
                      "io.modelcontextprotocol/clientCapabilities":{}}}}
            """u8.ToArray();
        JsonRpcReader.Read(body, JsonRpcLimits.Default, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        JsonRpcReader.Read(body, JsonRpcLimits.Default, out _);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(allocated <= 64, $"Reading a good message allocated {allocated} bytes.");
    }

    [Fact]
    public void Batch_YieldsEachMessage_WhenAllAreGood()
    {
        var body = """[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"notifications/x"}]"""u8;

        Assert.True(JsonRpcReader.IsBatch(body));
        Assert.Null(JsonRpcReader.ReadBatch(body, JsonRpcLimits.Default, out var messages));

        Assert.Equal([JsonRpcKind.Request, JsonRpcKind.Notification], messages.Select(message => message.Kind));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("[[]]")]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"ping"},{"id":2}]""")]
    public void Batch_IsRefusedWhole_WhenOneMessageIsNot(string body)
    {
        var fault = JsonRpcReader.ReadBatch(Encoding.UTF8.GetBytes(body), JsonRpcLimits.Default, out _);

        Assert.Equal(McpErrorCodes.InvalidRequest, fault!.Code);
        Assert.True(fault.Id.IsNone);
    }

    [Theory]
    [InlineData(50, false)]
    [InlineData(51, true)]
    public void Batch_IsRefused_WhenLongerThanTheLimit(int count, bool refused)
    {
        var body = "[" + string.Join(",", Enumerable.Repeat("""{"jsonrpc":"2.0","method":"x"}""", count)) + "]";

        var fault = JsonRpcReader.ReadBatch(Encoding.UTF8.GetBytes(body), JsonRpcLimits.Default, out _);

        Assert.Equal(refused, fault is not null);
    }
}
