using System.Text.Json.Nodes;
using Smcp.Protocol;
using Smcp.Samples.Everything;

namespace Smcp.Runtimes.CSharp;

public sealed class RuntimeListTests
{
    [Fact]
    public async Task ToolsList_ComesInPages_InTheOrderDeclared()
    {
        await using var fixture = await RuntimeFixture.StartAsync<EverythingServer>(
            options: new CSharpRuntimeOptions { PageItemsMax = 7 });
        var names = new List<string>();
        string? cursor = null;
        do
        {
            var parameters = cursor is null ? "{}" : $$$"""{"cursor":"{{{cursor}}}"}""";
            var page = await fixture.InvokeAsync(null, McpMethods.ToolsList, parameters);
            Assert.InRange(page["tools"]!.AsArray().Count, 1, 7);
            names.AddRange(page["tools"]!.AsArray().Select(tool => (string)tool!["name"]!));
            cursor = (string?)page["nextCursor"];
        }
        while (cursor is not null);

        Assert.Equal("test_simple_text", names[0]);
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.Equal(fixture.Runtime.Instance.Class.Tools.Select(tool => tool.ProtocolTool.Name), names);
    }

    [Theory]
    [InlineData(McpMethods.ToolsList)]
    [InlineData(McpMethods.PromptsList)]
    [InlineData(McpMethods.ResourcesList)]
    [InlineData(McpMethods.ResourceTemplatesList)]
    public async Task List_RefusesACursor_ThatItDidNotGive(string method)
    {
        await using var fixture = await RuntimeFixture.StartAsync<EverythingServer>();
        var result = await fixture.InvokeAsync(null, method, """{"cursor":"bm90aGluZw"}""");

        Assert.Equal(McpErrorCodes.InvalidParams, (int?)result["error"]!["code"]);
    }

    [Fact]
    public async Task InputSchema_IsListedAsAuthored()
    {
        await using var fixture = await RuntimeFixture.StartAsync<EverythingServer>();
        var schema = (await ToolAsync(fixture, null, "json_schema_2020_12_tool"))["inputSchema"]!;

        Assert.Equal("https://json-schema.org/draft/2020-12/schema", (string?)schema["$schema"]);
        Assert.Equal("addressDef", (string?)schema["$defs"]!["address"]!["$anchor"]);
        Assert.Equal("#/$defs/address", (string?)schema["properties"]!["address"]!["$ref"]);
        Assert.False((bool?)schema["additionalProperties"]);
        Assert.All(["allOf", "if", "then", "else"], keyword => Assert.NotNull(schema[keyword]));
    }

    [Fact]
    public async Task Header_IsNamedInTheSchema_WhenParameterHasMcpHeader()
    {
        await using var fixture = await RuntimeFixture.StartAsync<EverythingServer>();
        var tool = await ToolAsync(fixture, null, "test_header_tool");

        Assert.Equal("Region", (string?)tool["inputSchema"]!["properties"]!["region"]!["x-mcp-header"]);
    }

    [Fact]
    public async Task OutputSchema_IsWrapped_BeforeRevision20260728()
    {
        await using var fixture = await RuntimeFixture.StartAsync<EverythingServer>();
        await fixture.OpenAsync("s1");
        var legacy = await ToolAsync(fixture, "s1", "test_structured_list");
        var modern = await ToolAsync(fixture, null, "test_structured_list");
        var legacyResult = await fixture.CallToolAsync("s1", "test_structured_list");
        var modernResult = await fixture.CallToolAsync(null, "test_structured_list");

        Assert.Equal("object", (string?)legacy["outputSchema"]!["type"]);
        Assert.Equal("array", (string?)modern["outputSchema"]!["type"]);
        Assert.Equal("two", (string?)legacyResult["structuredContent"]!["result"]![1]);
        Assert.Equal("two", (string?)modernResult["structuredContent"]![1]);
    }

    [Fact]
    public async Task TaskSupport_IsListed_OnRevision20251125Only()
    {
        await using var fixture = await RuntimeFixture.StartAsync<EverythingServer>();
        await fixture.OpenAsync("s1");
        await fixture.OpenAsync("s2", revision: "2025-06-18");

        Assert.Equal(
            "optional", (string?)(await ToolAsync(fixture, "s1", "slow_compute"))["execution"]!["taskSupport"]);
        Assert.Equal("required", (string?)(await ToolAsync(fixture, "s1", "failing_job"))["execution"]!["taskSupport"]);
        Assert.Null((await ToolAsync(fixture, "s1", "greet"))["execution"]);
        Assert.Null((await ToolAsync(fixture, "s2", "slow_compute"))["execution"]);
        Assert.Equal(TaskSupport.Required, fixture.Runtime.TaskTools["failing_job"]);
    }

    [Theory]
    [InlineData("s1", McpErrorCodes.ResourceNotFound)]
    [InlineData(null, McpErrorCodes.InvalidParams)]
    public async Task UnknownResource_IsTheRevisionsError(string? session, int code)
    {
        await using var fixture = await RuntimeFixture.StartAsync<EverythingServer>();
        await fixture.OpenAsync("s1");
        var result = await fixture.InvokeAsync(session, McpMethods.ResourcesRead, """{"uri":"test://nothing"}""");

        Assert.Equal(code, (int?)result["error"]!["code"]);
        Assert.Equal("test://nothing", (string?)result["error"]!["data"]!["uri"]);
    }

    [Fact]
    public async Task Template_IsRead_WithItsParameter()
    {
        await using var fixture = await RuntimeFixture.StartAsync<EverythingServer>();
        var result = await fixture.InvokeAsync(null, McpMethods.ResourcesRead, """{"uri":"test://template/7/data"}""");

        Assert.Contains("\"id\":\"7\"", (string?)result["contents"]![0]!["text"], StringComparison.Ordinal);
        Assert.Equal("private", (string?)result["cacheScope"]);
    }

    [Fact]
    public async Task Prompt_IsRefused_WhenUnknown()
    {
        await using var fixture = await RuntimeFixture.StartAsync<EverythingServer>();
        var result = await fixture.InvokeAsync(null, McpMethods.PromptsGet, """{"name":"nothing"}""");

        Assert.Equal(McpErrorCodes.InvalidParams, (int?)result["error"]!["code"]);
    }

    [Fact]
    public async Task Completion_ProposesValues()
    {
        await using var fixture = await RuntimeFixture.StartAsync<EverythingServer>();
        var result = await fixture.InvokeAsync(
            null,
            McpMethods.Complete,
            """
            {
              "ref": { "type": "ref/prompt", "name": "test_prompt_with_arguments" },
              "argument": { "name": "arg1", "value": "par" }
            }
            """);

        Assert.Equal(
            ["paris", "park", "party"], result["completion"]!["values"]!.AsArray().Select(value => (string)value!));
    }

    [Theory]
    [InlineData("""{"a":1,"b":"two"}""", false)]
    [InlineData("""{"a":true,"b":2}""", true)]
    [InlineData("""{"a":[1],"b":2}""", true)]
    public async Task WrongArgument_IsNamed_BeforeTheToolRuns(string arguments, bool named)
    {
        await using var fixture = await RuntimeFixture.StartAsync<EverythingServer>();
        await fixture.OpenAsync("s1");
        var result = await fixture.CallToolAsync("s1", "add", arguments);

        Assert.True((bool?)result["isError"]);
        Assert.Equal(
            named, ((string?)result["content"]![0]!["text"])!.Contains(
                "'a' is not of type number", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WrongArgument_IsAnError_BeforeRevision20251125()
    {
        await using var fixture = await RuntimeFixture.StartAsync<EverythingServer>();
        await fixture.OpenAsync("s1", revision: "2025-06-18");
        var result = await fixture.CallToolAsync("s1", "add");

        Assert.Equal(McpErrorCodes.InvalidParams, (int?)result["error"]!["code"]);
    }

    private static async Task<JsonNode> ToolAsync(RuntimeFixture fixture, string? session, string name)
    {
        var list = await fixture.InvokeAsync(session, McpMethods.ToolsList);
        return list["tools"]!.AsArray().Single(tool => (string?)tool!["name"] == name)!;
    }
}
