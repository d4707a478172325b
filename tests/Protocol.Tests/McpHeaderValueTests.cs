using Smcp.Protocol;

namespace Smcp;

public sealed class McpHeaderValueTests
{
    // The table of 2026-07-28 streamable-http, "Value Encoding".
    [Theory]
    [InlineData("us-west1", "us-west1")]
    [InlineData("=?base64?SGVsbG8sIOS4lueVjA==?=", "Hello, 世界")]
    [InlineData("=?base64?IHBhZGRlZCA=?=", " padded ")]
    [InlineData("=?base64?bGluZTEKbGluZTI=?=", "line1\nline2")]
    [InlineData("=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?=", "=?base64?literal?=")]
    [InlineData("=?base64??=", "")]
    [InlineData("  \tspaced out\t ", "spaced out")]
    [InlineData("SGVsbG8=", "SGVsbG8=")]
    [InlineData("=?base64?SGVsbG8=", "=?base64?SGVsbG8=")]
    [InlineData("SGVsbG8=?=", "SGVsbG8=?=")]
    [InlineData("=?BASE64?SGVsbG8=?=", "=?BASE64?SGVsbG8=?=")]
    [InlineData("", "")]
    public void Value_Decodes_WhenItIsValid(string raw, string text)
    {
        Assert.True(McpHeaderValue.TryDecode(raw, out var decoded));
        Assert.Equal(text, decoded);
    }

    [Theory]
    [InlineData("=?base64?SGVsbG8?=")]
    [InlineData("=?base64?SGVs!!!bG8=?=")]
    [InlineData("=?base64?SGVs bG8=?=")]
    [InlineData("=?base64?/w==?=")]
    [InlineData("caf\u00e9")]
    [InlineData("a\u0001b")]
    [InlineData("a\u007fb")]
    [InlineData(null)]
    public void Value_IsRefused_WhenItIsNot(string? raw) => Assert.False(McpHeaderValue.TryDecode(raw, out _));
}
