using Smcp.Sessions;

namespace Smcp.Tests.Sessions;

public sealed class EventIdTests
{
    [Theory]
    [InlineData("1-0", 1, 0)]
    [InlineData("12-34", 12, 34)]
    [InlineData("9223372036854775807-9223372036854775807", long.MaxValue, long.MaxValue)]
    public void TryParse_ReadsBoth_WhenWrittenByUs(string text, long stream, long sequence)
    {
        Assert.True(EventId.TryParse(text, out var id));
        Assert.Equal(new EventId(stream, sequence), id);
        Assert.Equal(text, id.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("-1")]
    [InlineData("1-")]
    [InlineData("1--1")]
    [InlineData("+1-1")]
    [InlineData("01-1")]
    [InlineData("1-01")]
    [InlineData(" 1-1")]
    [InlineData("1-1\r\n")]
    [InlineData("9223372036854775808-1")]
    public void TryParse_Rejects_WhenNotOurSpelling(string? text) =>
        Assert.False(EventId.TryParse(text, out _));
}
