using System.Text;
using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Samples.Everything;

namespace Smcp.Runtimes.CSharp;

/// <summary>Tools that ask their client, by waiting and by being called again, in both eras.</summary>
public sealed class ToolQuestionTests
{
    private const string Capabilities = """{"elicitation":{},"sampling":{},"roots":{}}""";

    [Theory]
    [InlineData("s1")]
    [InlineData(null)]
    public async Task WaitingTool_AsksThroughItsOutput_InBothEras(string? session)
    {
        await using var fixture = await OpenAsync(session);
        var output = new RecordingOutput(Accept);
        var result = await CallAsync(fixture, session, "test_elicitation", """{"message":"Who?"}""", output);

        var question = Assert.Single(output.Questions);
        Assert.Equal(McpMethods.ElicitationCreate, question.Method);
        Assert.Equal("Who?", (string?)JsonNode.Parse(question.Params.Span)!["message"]);
        Assert.StartsWith("User response: action=accept", TextOf(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitingTool_Fails_WhenClientDeclaresNoSuchCapability()
    {
        await using var fixture = await RuntimeFixture.StartAsync<EverythingServer>();
        await fixture.OpenAsync("s1");
        var output = new RecordingOutput(Accept);
        var result = await fixture.CallToolAsync("s1", "test_elicitation", """{"message":"Who?"}""", output);

        Assert.True((bool?)result["isError"]);
        Assert.Empty(output.Questions);
    }

    [Fact]
    public async Task ReturningTool_AnswersInputRequired_WhenClientHasNoSession()
    {
        await using var fixture = await OpenAsync(null);
        var output = new RecordingOutput();
        var result = await CallAsync(fixture, null, "test_input_required_result_request_state", "{}", output);

        Assert.Equal("input_required", (string?)result["resultType"]);
        Assert.Equal("first", (string?)result["requestState"]);
        Assert.Equal(McpMethods.ElicitationCreate, (string?)result["inputRequests"]!["confirm"]!["method"]);
        Assert.Empty(output.Questions);
    }

    [Fact]
    public async Task ReturningTool_IsCalledAgainForTheClient_WhenClientHasSession()
    {
        await using var fixture = await OpenAsync("s1");
        var output = new RecordingOutput(Accept);
        var result = await CallAsync(fixture, "s1", "test_input_required_result_multi_round", "{}", output);

        Assert.Equal("multi-round-ok", TextOf(result));
        Assert.Equal(2, output.Questions.Count);
    }

    [Fact]
    public async Task ReturningTool_GetsAllAnswers_WhenItAsksSeveralThings()
    {
        await using var fixture = await OpenAsync("s1");
        var output = new RecordingOutput(Accept);
        var result = await CallAsync(fixture, "s1", "test_input_required_result_multiple_inputs", "{}", output);

        Assert.StartsWith("multiple-inputs-ok", TextOf(result), StringComparison.Ordinal);
        Assert.Equal(
            [McpMethods.ElicitationCreate, McpMethods.RootsList, McpMethods.SamplingCreateMessage],
            output.Questions.Select(question => question.Method).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("null")]
    [InlineData("""{"action":"accept","content":{"other":"x"}}""")]
    public async Task ReturningTool_AsksAgain_WhenAnswerIsOfTheWrongShape(string answer)
    {
        await using var fixture = await OpenAsync(null);
        var result = await fixture.InvokeAsync(
            null,
            McpMethods.ToolsCall,
            $$$"""
            {
              "name": "test_input_required_result_elicitation",
              "arguments": {},
              "inputResponses": { "user_name": {{{answer}}} }
            }
            """);

        Assert.Equal("input_required", (string?)result["resultType"]);
    }

    [Fact]
    public async Task ReturningTool_RefusesAState_WhenItWasTamperedWith()
    {
        await using var fixture = await OpenAsync(null);
        var first = await fixture.CallToolAsync(null, "test_input_required_result_tampered_state");
        var state = (string)first["requestState"]!;
        var honest = await RetryAsync(fixture, state);
        var forged = await RetryAsync(fixture, state + "-TAMPERED");

        Assert.StartsWith("tampered-state-ok", TextOf(honest), StringComparison.Ordinal);
        Assert.Equal(McpErrorCodes.InvalidParams, (int?)forged["error"]!["code"]);
    }

    [Fact]
    public async Task UnknownState_StartsNothingTwice_WhenToolWaitsForItsAnswers()
    {
        await using var fixture = await OpenAsync(null);
        var output = new RecordingOutput(Accept);
        var call = """
            {
              "name": "test_elicitation",
              "arguments": { "message": "?" },
              "requestState": "nobody-knows-this",
              "_meta": { "io.modelcontextprotocol/clientCapabilities": { "elicitation": {} } }
            }
            """;
        var result = await fixture.InvokeAsync(null, McpMethods.ToolsCall, call, output);

        // The state is the tool's own to read or not: there is no table in which it could name another run.
        Assert.Single(output.Questions);
        Assert.StartsWith("User response", TextOf(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingCapability_IsTheProtocolsError_WhenToolSaysSo()
    {
        await using var fixture = await OpenAsync(null);
        var result = await fixture.CallToolAsync(null, "test_missing_capability");

        Assert.Equal(McpErrorCodes.MissingClientCapability, (int?)result["error"]!["code"]);
        Assert.Equal("{}", result["error"]!["data"]!["requiredCapabilities"]!["sampling"]!.ToJsonString());
    }

    private static async Task<RuntimeFixture> OpenAsync(string? session)
    {
        var fixture = await RuntimeFixture.StartAsync<EverythingServer>();
        if (session is not null)
        {
            await fixture.OpenAsync(session, Capabilities);
        }

        return fixture;
    }

    private static Task<JsonNode> CallAsync(
        RuntimeFixture fixture, string? session, string tool, string arguments, IRuntimeOutput output)
    {
        var meta = session is null
            ? $$$""","_meta":{"io.modelcontextprotocol/clientCapabilities":{{{Capabilities}}}}"""
            : "";
        return fixture.InvokeAsync(
            session,
            McpMethods.ToolsCall,
            $$$"""{"name":"{{{tool}}}","arguments":{{{arguments}}}{{{meta}}}}""",
            output);
    }

    private static Task<JsonNode> RetryAsync(RuntimeFixture fixture, string state) => fixture.InvokeAsync(
        null,
        McpMethods.ToolsCall,
        $$$"""
        {
          "name": "test_input_required_result_tampered_state",
          "requestState": "{{{state}}}",
          "inputResponses": { "confirm": { "action": "accept" } }
        }
        """);

    private static McpReply Accept(InputRequest question) =>
        McpReply.Result(Encoding.UTF8.GetBytes(question.Method switch
        {
            McpMethods.SamplingCreateMessage =>
                """{"role":"assistant","model":"m","content":{"type":"text","text":"Paris"}}""",
            McpMethods.RootsList => """{"roots":[{"uri":"file:///x"}]}""",
            _ => """{"action":"accept","content":{"response":"me","name":"me"}}""",
        }));

    private static string TextOf(JsonNode result) => (string?)result["content"]?[0]?["text"] ?? result.ToJsonString();
}
