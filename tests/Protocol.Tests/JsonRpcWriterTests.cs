using System.Buffers;
using System.Text;
using Smcp.Protocol;

namespace Smcp;

public sealed class JsonRpcWriterTests
{
    private readonly ArrayBufferWriter<byte> _output = new();

    private string Written => Encoding.UTF8.GetString(_output.WrittenSpan);

    [Theory]
    [InlineData("7")]
    [InlineData("\"é\\u0041\"")]
    public void Writer_RepeatsTheIdAsItStood_WhenItAnswers(string token)
    {
        JsonRpcWriter.WriteResult(_output, new JsonRpcId(token), "{\"a\":1}"u8);

        Assert.Equal($$$"""{"jsonrpc":"2.0","id":{{{token}}},"result":{"a":1}}""", Written);
        Assert.Equal(_output.WrittenCount, JsonRpcWriter.AnswerLength(new JsonRpcId(token), false, 7));
    }

    [Theory]
    [InlineData(null, """{"jsonrpc":"2.0","error":{}}""")]
    [InlineData("1", """{"jsonrpc":"2.0","id":1,"error":{}}""")]
    public void Writer_LeavesTheIdOut_WhenNoneWasRead(string? token, string expected)
    {
        JsonRpcWriter.WriteError(_output, new JsonRpcId(token), "{}"u8);

        Assert.Equal(expected, Written);
        Assert.Equal(_output.WrittenCount, JsonRpcWriter.AnswerLength(new JsonRpcId(token), true, 2));
    }

    [Fact]
    public void Writer_QuotesText_WhenItIsOurs()
    {
        var error = JsonRpcWriter.Error(McpErrorCodes.InvalidParams, "a \"b\"\n", "{\"uri\":\"x\"}"u8);

        Assert.Equal(
            """{"code":-32602,"message":"a \u0022b\u0022\n","data":{"uri":"x"}}""", Encoding.UTF8.GetString(error));
    }

    [Fact]
    public void Writer_LeavesParamsOut_WhenThereAreNone()
    {
        JsonRpcWriter.WriteNotification(_output, McpMethods.ToolsListChanged, default);
        Assert.Equal("""{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}""", Written);

        _output.ResetWrittenCount();
        JsonRpcWriter.WriteRequest(_output, JsonRpcId.FromNumber(3), McpMethods.RootsList, "{}"u8);
        Assert.Equal("""{"jsonrpc":"2.0","id":3,"method":"roots/list","params":{}}""", Written);
    }
}
