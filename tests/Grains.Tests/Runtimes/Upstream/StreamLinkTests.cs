using System.IO.Pipelines;
using Microsoft.Extensions.Logging.Abstractions;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Runtimes.Upstream;

public sealed class StreamLinkTests
{
    private const string Ping = """{"jsonrpc":"2.0","id":"p","method":"ping"}""";
    private const string Question = """{"jsonrpc":"2.0","id":"q","method":"elicitation/create","params":{}}""";

    [Theory]
    [InlineData(Ping, 0)]
    [InlineData(Question, 1)]
    public async Task Flood_IsNotAnsweredWithoutEnd_WhenTheServerDoesNotRead(string request, int opened)
    {
        // What is written waits until it is read.
        var toServer = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        var fromServer = new Pipe();
        await using var server = new LineServer(toServer.Reader.AsStream(), fromServer.Writer.AsStream());
        var options = new UpstreamRuntimeOptions();
        await using var link = new StreamLink(
            fromServer.Reader.AsStream(), toServer.Writer.AsStream(), options, TimeProvider.System,
            NullLogger.Instance);
        var exchange = new Exchange();
        link.Begin(exchange);

        await server.SendAsync(string.Join('\n', Enumerable.Repeat(request, 5_000)));
        await server.SendAsync("""{"jsonrpc":"2.0","method":"notifications/message","params":{}}""");
        await exchange.Told.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
        var last = link.NotifyAsync(McpMethods.Initialized, default, default).AsTask();

        var answers = 0;
        while ((string?)(await server.NextAsync())!["method"] != McpMethods.Initialized)
        {
            answers++;
        }

        Assert.True(await last);
        Assert.Equal(options.QuestionsMax, answers);
        Assert.Equal(opened, exchange.Asked);
    }

    [Fact]
    public async Task Pings_AreAllAnswered_WhenTheServerReads()
    {
        var (input, output, server) = LineServer.Create();
        await using var link = new StreamLink(
            input, output, new UpstreamRuntimeOptions(), TimeProvider.System, NullLogger.Instance);
        link.Begin(new Exchange());

        for (var n = 0; n < 200; n++)
        {
            await server.SendAsync($$"""{"jsonrpc":"2.0","id":{{n}},"method":"ping"}""");
            Assert.Equal(n, (int)(await server.NextAsync())!["id"]!);
        }

        await server.DisposeAsync();
    }

    /// <summary>Is asked, and answers nothing.</summary>
    private sealed class Exchange : IUpstreamExchange
    {
        public TaskCompletionSource Told { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Asked { get; private set; }

        public ValueTask NotifiedAsync(McpFrame notification)
        {
            Told.TrySetResult();
            return ValueTask.CompletedTask;
        }

        public async ValueTask<McpReply> AskedAsync(InputRequest question, CancellationToken cancellationToken)
        {
            Asked++;
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return UpstreamCalls.NobodyToAsk;
        }
    }
}
