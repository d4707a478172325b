using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using Smcp.Protocol;

namespace Smcp.Runtimes.CSharp;

public sealed class ResultWriterTests
{
    [Fact]
    public void WriteCall_KnowsEveryMemberOfAResult()
    {
        // A member that a new version of the SDK adds must be added to the writer by hand.
        var members = McpJson<CallToolResult>.Info.Properties.Select(property => property.Name);

        Assert.Equal(
            ["_meta", "content", "isError", "resultType", "structuredContent"], members.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public void WriteCall_WritesWhatTheSdkWould(string date)
    {
        Assert.True(McpRevision.TryParse(date, out var revision));
        var writer = new ResultWriter(new Implementation { Name = "s", Version = "1" });
        var byHand = writer.WriteCall(Result(), revision);
        var bySdk = writer.Write(Result(), revision);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(byHand.Span), JsonNode.Parse(bySdk.Span)));
    }

    private static CallToolResult Result() => new()
    {
        Content =
        [
            new TextContentBlock { Text = "é\"\u0001" },
            ImageContentBlock.FromBytes(new byte[] { 1, 2 }, "image/png"),
        ],
        StructuredContent = JsonElement.Parse("""{"a":[1,2]}"""),
        IsError = true,
    };
}
