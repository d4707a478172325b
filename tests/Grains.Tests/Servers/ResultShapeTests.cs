using System.Text;
using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Servers;

public sealed class ResultShapeTests
{
    private static readonly ResultShape Shape = new(new OneServerCatalog().Definition, () => true);

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"tools\":[]}")]
    [InlineData("{\"_meta\":{},\"tools\":[]}")]
    [InlineData("{\"_meta\":{\"x\":{\"y\":1}},\"tools\":[]}")]
    [InlineData("{\"tools\":[],\"ttlMs\":5}")]
    [InlineData(" { \"cacheScope\" : \"public\" , \"_meta\" : { } } ")]
    public void Result_GetsWhatItLacks_WhenTheRevisionRequiresIt(string body)
    {
        var before = JsonNode.Parse(body)!.AsObject();

        var after = Shaped(McpRevision.V20260728, McpMethods.ToolsList, body);

        Assert.Equal("complete", (string?)after["resultType"]);
        Assert.Equal((int?)before["ttlMs"] ?? 0, (int)after["ttlMs"]!);
        Assert.Equal((string?)before["cacheScope"] ?? "private", (string?)after["cacheScope"]);
        Assert.Equal("echo", (string?)after["_meta"]![McpMetaKeys.ServerInfo]!["name"]);
        Assert.Equal(before["tools"]?.ToJsonString(), after["tools"]?.ToJsonString());
        Assert.Equal(before["_meta"]?["x"]?.ToJsonString(), after["_meta"]!["x"]?.ToJsonString());
    }

    [Fact]
    public void Result_IsTheSameObject_WhenNothingLacks()
    {
        var reply = McpReply.Result(Encoding.UTF8.GetBytes(
            $$$"""{"resultType":"complete","_meta":{"{{{McpMetaKeys.ServerInfo}}}":{"name":"x"} },"content":[]}"""));

        Assert.Same(reply, Shape.Shape(McpRevision.V20260728, McpMethods.ToolsCall, reply, out _));
    }

    [Fact]
    public void Result_IsUntouched_WhenTheRevisionHasSessions()
    {
        var reply = McpReply.Result("{}"u8.ToArray());

        Assert.Same(reply, Shape.Shape(McpRevision.V20251125, McpMethods.ToolsList, reply, out _));
    }

    [Theory]
    [InlineData("2025-11-25", true, true)]
    [InlineData("2025-11-25", false, false)]
    [InlineData("2025-06-18", true, false)]
    public void Initialization_DeclaresTasks_WhereTheyAreServed(string version, bool hasTaskTools, bool declares)
    {
        var shape = new ResultShape(new OneServerCatalog().Definition, () => hasTaskTools);
        var reply = McpReply.Result(
            """{"capabilities":{"tools":{},"tasks":{"strange":{}}},"serverInfo":{"name":"x"}}"""u8.ToArray());
        Assert.True(McpRevision.TryParse(version, out var revision));

        var shaped = JsonNode.Parse(shape.ShapeInitialization(revision, reply).Body.Span)!;

        Assert.Equal(
            declares ? """{"list":{},"cancel":{},"requests":{"tools":{"call":{}}}}""" : null,
            shaped["capabilities"]!["tasks"]?.ToJsonString());
        Assert.NotNull(shaped["capabilities"]!["tools"]);
        Assert.Equal("x", (string?)shaped["serverInfo"]!["name"]);
    }

    [Fact]
    public void InputRequired_IsSeen_AndNotCacheable()
    {
        var reply = McpReply.Result("""{"resultType":"input_required"}"""u8.ToArray());

        var shaped = Shape.Shape(McpRevision.V20260728, McpMethods.ResourcesRead, reply, out var asksInput);

        Assert.True(asksInput);
        Assert.DoesNotContain("ttlMs", Encoding.UTF8.GetString(shaped.Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Discovery_ListsTheRevisionsServed_AndTheTasksExtension()
    {
        var after = Shaped(
            McpRevision.V20260728,
            McpMethods.Discover,
            """{"supportedVersions":["2026-07-28"],"capabilities":{"tasks":{},"tools":{}}}""");

        Assert.Equal(
            McpRevision.Supported.Select(r => r.Value), after["supportedVersions"]!.AsArray().Select(v => (string?)v));
        Assert.Equal(
            """{"tools":{},"extensions":{"io.modelcontextprotocol/tasks":{}}}""",
            after["capabilities"]!.ToJsonString());
    }

    [Theory]
    [InlineData("2026-07-28", McpErrorCodes.ResourceNotFound, McpErrorCodes.InvalidParams)]
    [InlineData("2026-07-28", McpErrorCodes.InvalidParams, McpErrorCodes.InvalidParams)]
    [InlineData("2025-11-25", McpErrorCodes.InvalidParams, McpErrorCodes.ResourceNotFound)]
    [InlineData("2025-03-26", McpErrorCodes.ResourceNotFound, McpErrorCodes.ResourceNotFound)]
    public void MissingResource_HasTheCodeOfItsRevision(string date, int code, int expected)
    {
        Assert.True(McpRevision.TryParse(date, out var revision));
        var reply = McpReply.Error(JsonRpcWriter.Error(code, "no", """{"uri":"a:1"}"""u8));

        var shaped = Shape.Shape(revision, McpMethods.ResourcesRead, reply, out _);

        var error = JsonNode.Parse(shaped.Body.Span)!;
        Assert.Equal(expected, (int)error["code"]!);
        Assert.Equal("a:1", (string?)error["data"]!["uri"]);
    }

    private static JsonObject Shaped(McpRevision revision, string method, string body)
    {
        var shaped = Shape.Shape(revision, method, McpReply.Result(Encoding.UTF8.GetBytes(body)), out _);
        return JsonNode.Parse(shaped.Body.Span)!.AsObject();
    }
}
