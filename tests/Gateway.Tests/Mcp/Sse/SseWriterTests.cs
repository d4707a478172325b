using System.Text;
using Microsoft.AspNetCore.Http;
using Smcp.Mcp.Sse;
using Smcp.Sessions;
using Smcp.TestSupport;

namespace Smcp;

public sealed class SseWriterTests : IDisposable
{
    private readonly MemoryStream _sent = new();
    private readonly SseWriter _writer;

    public SseWriterTests()
    {
        var context = new DefaultHttpContext();
        context.Response.Body = _sent;
        _writer = new SseWriter(context.Response, TimeSpan.FromSeconds(1), new ManualTimeProvider(), egress: null);
    }

    [Theory]
    [InlineData("{}", "data: {}\n\n")]
    [InlineData("{\n}", "data: {\ndata: }\n\n")]
    [InlineData("{\r\n}", "data: {\ndata: \ndata: }\n\n")]
    [InlineData("{\r}", "data: {\ndata: }\n\n")]
    [InlineData("{\n\nid: 9\nevent: evil\n\ndata: {}}",
        "data: {\ndata: \ndata: id: 9\ndata: event: evil\ndata: \ndata: data: {}}\n\n")]
    [InlineData("\n", "data: \ndata: \n\n")]
    public async Task Message_StaysOneEvent_WhenItHoldsLineEnds(string message, string expected)
    {
        _writer.WriteMessage(Encoding.UTF8.GetBytes(message));

        Assert.Equal(expected, await SentAsync());
    }

    [Fact]
    public async Task Priming_IsAnIdWithEmptyData_WhenAStreamBegins()
    {
        _writer.Prime(new EventId(7, 0), TimeSpan.FromMilliseconds(1500));

        Assert.Equal("id: 7-0\nretry: 1500\ndata: \n\n", await SentAsync());
    }

    [Fact]
    public async Task Event_HasItsId_WhenItIsLogged()
    {
        _writer.WriteId(new EventId(7, 3));
        _writer.WriteMessage("{}"u8);
        _writer.WriteComment();

        Assert.Equal("id: 7-3\ndata: {}\n\n:\n\n", await SentAsync());
    }

    public void Dispose() => _sent.Dispose();

    private async Task<string> SentAsync()
    {
        Assert.True(await _writer.FlushAsync());
        return Encoding.UTF8.GetString(_sent.ToArray());
    }
}
