using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Runtimes.Upstream;

public sealed class UpstreamQuestionsTests : IDisposable
{
    private const int QuestionsMax = 3;

    private readonly CancellationTokenSource _life = new();
    private readonly TaskCompletionSource _reads = new();
    private readonly List<(string? Id, McpReply Reply)> _answers = [];
    private readonly Exchange _exchange = new();
    private readonly UpstreamQuestions _questions;

    public UpstreamQuestionsTests() => _questions = new UpstreamQuestions(
        _exchange,
        QuestionsMax,
        async (id, reply) =>
        {
            _answers.Add((id.Token, reply));
            await _reads.Task;
        },
        _life.Token);

    [Fact]
    public void Pings_AreAnsweredUpToTheBound_WhenTheAnswersHang()
    {
        for (var n = 0; n < 1_000; n++)
        {
            _questions.Take(JsonRpcId.FromNumber(n), new InputRequest(McpMethods.Ping, default));
        }

        Assert.Equal(["0", "1", "2"], _answers.Select(a => a.Id));
    }

    [Fact]
    public void Pings_AreAllAnswered_WhenTheAnswersArrive()
    {
        _reads.SetResult();

        for (var n = 0; n < 1_000; n++)
        {
            _questions.Take(JsonRpcId.FromNumber(n), new InputRequest(McpMethods.Ping, default));
        }

        Assert.Equal(1_000, _answers.Count);
        Assert.All(_answers, a => Assert.False(a.Reply.IsError));
    }

    [Fact]
    public void Questions_AreRefusedWithinTheBound_WhenTheAnswersHang()
    {
        for (var n = 0; n < 1_000; n++)
        {
            Ask(n);
        }

        Assert.Equal(QuestionsMax, _exchange.Asked.Count);
        Assert.Equal(["3", "4", "5"], _answers.Select(a => a.Id));
        Assert.All(_answers, a => Assert.True(a.Reply.IsError));
    }

    [Fact]
    public void Question_IsRefused_WhenItsIdIsOpen()
    {
        Ask(1);
        Ask(1);

        Assert.Single(_exchange.Asked);
        Assert.True(Assert.Single(_answers).Reply.IsError);
    }

    [Fact]
    public async Task Question_LeavesNothing_OnceItIsAnswered()
    {
        _reads.SetResult();
        _exchange.Reply = McpReply.Result("{}"u8.ToArray());

        for (var n = 0; n < 10; n++)
        {
            Ask(n);
            _questions.Withdraw(JsonRpcId.FromNumber(n));
        }

        Assert.Equal(10, _answers.Count(a => !a.Reply.IsError));
        Assert.All(_exchange.Asked, token => Assert.Throws<ObjectDisposedException>(() => token.WaitHandle));
        await _life.CancelAsync();
        Assert.All(_exchange.Asked, token => Assert.False(token.IsCancellationRequested));
    }

    [Fact]
    public async Task Question_GetsNoAnswer_WhenItIsWithdrawn()
    {
        Ask(1);

        _questions.Withdraw(JsonRpcId.FromNumber(1));
        await _exchange.Ended.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);

        Assert.True(Assert.Single(_exchange.Asked).IsCancellationRequested);
        Assert.Empty(_answers);
    }

    public void Dispose() => _life.Dispose();

    private void Ask(int id) =>
        _questions.Take(JsonRpcId.FromNumber(id), new InputRequest(McpMethods.ElicitationCreate, default));

    /// <summary>Answers what the test gave it, or, without that, nothing until it is withdrawn.</summary>
    private sealed class Exchange : IUpstreamExchange
    {
        public List<CancellationToken> Asked { get; } = [];

        public McpReply? Reply { get; set; }

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ValueTask NotifiedAsync(McpFrame notification) => ValueTask.CompletedTask;

        public async ValueTask<McpReply> AskedAsync(InputRequest question, CancellationToken cancellationToken)
        {
            Asked.Add(cancellationToken);
            if (Reply is { } reply)
            {
                return reply;
            }

            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }
            finally
            {
                Ended.TrySetResult();
            }

            return UpstreamCalls.NobodyToAsk;
        }
    }
}
