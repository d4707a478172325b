namespace Smcp.Protocol;

public sealed class McpMethodsTests
{
    [Theory]
    [InlineData("tools/call", "tools/call")]
    [InlineData("tools/call2", "unknown")]
    [InlineData("", "unknown")]
    public void Label_IsTheMethod_OnlyWhereTheProtocolHasIt(string method, string label) =>
        Assert.Equal(label, McpMethods.LabelOf(method));
}
