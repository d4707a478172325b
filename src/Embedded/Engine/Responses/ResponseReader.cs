using Smcp.Engine.Proxies;

namespace Smcp.Engine.Responses;

/// <summary>The caller's end of a response stream: pulls a batch when it has handed out the last.</summary>
internal sealed class ResponseReader<TItem> : IAsyncEnumerator<TItem>
{
    private readonly GrainReference _grain;
    private readonly ResponseStream<TItem> _stream;
    private readonly CancellationTokenSource? _linked;
    private readonly CancellationToken _token;
    private ResponseProducer<TItem>? _producer;
    private ResponseBatch<TItem> _batch = new([], IsLast: false);
    private int _next;

    public ResponseReader(
        GrainReference grain, ResponseStream<TItem> stream, CancellationToken methodToken, CancellationToken token)
    {
        _grain = grain;
        _stream = stream;
        if (methodToken.CanBeCanceled && token.CanBeCanceled && methodToken != token)
        {
            _linked = CancellationTokenSource.CreateLinkedTokenSource(methodToken, token);
        }

        _token = _linked?.Token ?? (token.CanBeCanceled ? token : methodToken);
    }

    public TItem Current { get; private set; } = default!;

    public ValueTask<bool> MoveNextAsync()
    {
        if (TryTake())
        {
            return new ValueTask<bool>(true);
        }

        return _batch.IsLast ? new ValueTask<bool>(false) : PullAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _linked?.Dispose();
        if (_producer is { } producer)
        {
            _batch = new ResponseBatch<TItem>([], IsLast: true);
            _producer = null;
            await producer.LeaveAsync();
        }
    }

    private async ValueTask<bool> PullAsync()
    {
        do
        {
            var pull = new PullCall<TItem>(_stream, _producer);
            try
            {
                Launch(pull);
                _batch = await pull.Answer;
            }
            finally
            {
                // Also of a pull that was cancelled: what it opened is to be closed.
                _producer = pull.Producer;
            }

            _next = 0;
        }
        while (_batch.Items.Count == 0 && !_batch.IsLast);
        return TryTake();
    }

    private void Launch(PullCall<TItem> pull)
    {
        if (_producer is null)
        {
            _grain.Launch(pull, _token);
        }
        else if (_token.IsCancellationRequested)
        {
            pull.Refuse(new OperationCanceledException(_token));
        }
        else
        {
            _producer.Offer(pull);
            if (!pull.IsOver)
            {
                pull.Track(_grain.Services.Pending, _token);
            }
        }
    }

    private bool TryTake()
    {
        if (_next >= _batch.Items.Count)
        {
            return false;
        }

        Current = _batch.Items[_next++];
        return true;
    }
}
