using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Runtimes.Upstream.Http;

public sealed class SseLinkTests : IDisposable
{
    private readonly ScriptedHttp _http = new();
    private readonly Pipe _stream = new();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Messages_GoToTheAddressThatTheStreamNames_AndAnswersComeByIt()
    {
        await using var link = await OpenAsync("/messages?id=1");
        var call = RequestAsync(link);

        var post = await _http.NextAsync();
        post.Answer(HttpStatusCode.Accepted);
        await SayAsync("message", """{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info"}}""");
        await SayAsync("message", """{"jsonrpc":"2.0","id":1,"result":{"odd":1}}""");

        Assert.Equal("http://upstream.test/messages?id=1", post.Request.RequestUri!.ToString());
        Assert.Equal(1, (int)JsonNode.Parse((await call).Reply!.Body.Span)!["odd"]!);
    }

    [Fact]
    public async Task Nothing_IsSentToAnotherOrigin()
    {
        await using var link = await OpenAsync("http://elsewhere.test/messages");

        var answer = await RequestAsync(link);

        Assert.NotEqual(UpstreamFailure.None, answer.Failure);
    }

    [Fact]
    public async Task Outcome_IsUnknown_WhenTheStreamEnds()
    {
        await using var link = await OpenAsync("/messages");
        var call = RequestAsync(link);
        (await _http.NextAsync()).Answer(HttpStatusCode.Accepted);

        await _stream.Writer.CompleteAsync();

        Assert.Equal(UpstreamFailure.Lost, (await call).Failure);
        Assert.NotEmpty(await link.Ended);
    }

    [Fact]
    public async Task Pings_AreNotAnsweredWithoutEnd_WhenTheServerLeavesTheAnswersHanging()
    {
        await using var link = await OpenAsync("/messages");
        var call = RequestAsync(link);
        (await _http.NextAsync()).Answer(HttpStatusCode.Accepted);

        for (var n = 1; n <= 2_000; n++)
        {
            await SayAsync("message", $$"""{"jsonrpc":"2.0","id":{{n}},"method":"ping"}""");
        }

        await SayAsync("message", """{"jsonrpc":"2.0","id":1,"result":{}}""");
        Assert.False((await call).Reply!.IsError);
        Assert.Equal(new UpstreamRuntimeOptions().QuestionsMax, _http.Waiting);
    }

    private static Task<UpstreamAnswer> RequestAsync(SseLink link) => link.RequestAsync(
        new UpstreamRequest(1, McpMethods.ToolsCall, """{"name":"t"}"""u8.ToArray()), new Silence(), default).AsTask();

    private async Task<SseLink> OpenAsync(string endpoint)
    {
        var link = new SseLink(
            new HttpLinkTarget(new Uri("http://upstream.test/sse"), new HttpMessageInvoker(_http)),
            new UpstreamRuntimeOptions(),
            TimeProvider.System);
        link.Begin(new Silence());
        var opening = await _http.NextAsync("GET");
        opening.Response.TrySetResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StreamContent(_stream.Reader.AsStream())
            {
                Headers = { ContentType = new MediaTypeHeaderValue("text/event-stream") },
            },
        });
        await SayAsync("endpoint", endpoint);
        return link;
    }

    private async Task SayAsync(string name, string data) =>
        await _stream.Writer.WriteAsync(Encoding.UTF8.GetBytes($"event: {name}\ndata: {data}\n\n"));

    private sealed class Silence : IUpstreamExchange
    {
        public ValueTask NotifiedAsync(McpFrame notification) => ValueTask.CompletedTask;

        public ValueTask<McpReply> AskedAsync(InputRequest question, CancellationToken cancellationToken) =>
            new(UpstreamCalls.NobodyToAsk);
    }
}
