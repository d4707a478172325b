using System.Text;
using System.Text.Json.Nodes;
using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Runtimes.Upstream;

/// <summary>A page that a person must visit, as each client can be told of it.</summary>
public sealed class UpstreamInvitationTests
{
    private const string Url = "https://smcp.example/connect?x";

    private const string TakesUrls = """{"elicitation":{"url":{}}}""";

    [Fact]
    public void Session_ThatTakesUrls_GetsTheErrorThatNamesIt()
    {
        var shaped = JsonNode.Parse(Shaped(Session("2025-11-25", TakesUrls), "tools/call", isError: true).Span)!;

        Assert.Equal(-32042, (int)shaped["code"]!);
        Assert.Equal(Url, (string?)shaped["data"]!["elicitations"]![0]!["url"]);
        Assert.NotNull(shaped["data"]!["elicitations"]![0]!["elicitationId"]);
    }

    [Theory]
    [InlineData("2025-11-25", "{}")]
    [InlineData("2025-11-25", """{"elicitation":{}}""")]
    [InlineData("2025-06-18", TakesUrls)]
    public void Session_ThatDoesNot_GetsTheWords(string revision, string capabilities)
    {
        var client = Session(revision, capabilities);
        var tool = JsonNode.Parse(Shaped(client, "tools/call", isError: false).Span)!;
        var list = JsonNode.Parse(Shaped(client, "tools/list", isError: true).Span)!;

        Assert.True((bool?)tool["isError"]);
        Assert.Contains(Url, (string?)tool["content"]![0]!["text"], StringComparison.Ordinal);
        Assert.NotEqual(-32042, (int)list["code"]!);
        Assert.Contains(Url, (string?)list["message"], StringComparison.Ordinal);
    }

    [Fact]
    public void Request_ThatTakesUrls_IsToldThatInputIsRequired()
    {
        var client = UpstreamClient.OfRequest(
            Caller("2026-07-28"),
            Encoding.UTF8.GetBytes(
                $$$"""{"_meta":{"io.modelcontextprotocol/clientCapabilities":{{{TakesUrls}}}}}"""));
        var tool = JsonNode.Parse(Shaped(client, "tools/call", isError: false).Span)!;
        var list = JsonNode.Parse(Shaped(client, "tools/list", isError: true).Span)!;

        Assert.Equal("input_required", (string?)tool["resultType"]);
        Assert.Equal(Url, (string?)tool["inputRequests"]!["url_1"]!["params"]!["url"]);
        Assert.Null(tool["inputRequests"]!["url_1"]!["params"]!["elicitationId"]);
        Assert.NotEqual(-32042, (int)list["code"]!);
    }

    private static ReadOnlyMemory<byte> Shaped(UpstreamClient client, string method, bool isError)
    {
        var reply = UpstreamFaults.Reply(UpstreamInvitation.Of("No account is connected.", Url));
        var shaped = UpstreamInvitation.Shape(client, method, reply);
        Assert.Equal(isError, shaped.IsError);
        return shaped.Body;
    }

    private static UpstreamClient Session(string revision, string capabilities)
    {
        var parameters = Encoding.UTF8.GetBytes($$"""{"capabilities":{{capabilities}}}""");
        var initialize = new McpCall { Method = "initialize", Params = parameters };
        return UpstreamClient.OfPeer(new RuntimePeer("session", Caller(revision), initialize, null));
    }

    private static CallContext Caller(string revision) => new()
    {
        Tenant = TenantId.Default,
        Principal = PrincipalId.Parse("user:a"),
        Revision = revision,
        CorrelationId = "test",
    };
}
