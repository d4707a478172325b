using Smcp.Engine.Activations;

namespace Smcp.Engine.Responses;

/// <summary>
/// The grain's end of a response stream. All of it runs on the activation's scheduler. The grain's iterator advances
/// only when pulled, by as many items as are ready, up to a batch.
/// </summary>
internal sealed class ResponseProducer<TItem> : IResponseProducer
{
    private readonly Activation _activation;
    private readonly IAsyncEnumerator<TItem> _items;
    private readonly CancellationTokenSource _lifetime = new();
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<bool>? _move;
    private long _lastPull;
    private bool _isPulled;
    private bool _isEnded;

    public ResponseProducer(Activation activation, ResponseStream<TItem> stream)
    {
        _activation = activation;
        _items = stream.OpenAsync(activation.Grain, _lifetime.Token).GetAsyncEnumerator(_lifetime.Token);
        activation.Add(this);
    }

    public void Offer(PullCall<TItem> pull) => _activation.Offer(pull, mayRunHere: _activation.Services.Wire is null);

    public async ValueTask<ResponseBatch<TItem>> PullAsync()
    {
        if (_isEnded)
        {
            throw Aborted();
        }

        _isPulled = true;
        try
        {
            var batch = await FillAsync();
            if (batch.IsLast)
            {
                End();
            }

            return Cross(batch);
        }
        catch
        {
            End();
            throw;
        }
        finally
        {
            _isPulled = false;
            _lastPull = _activation.Services.Clock.Timestamp;
        }
    }

    public void Dispose()
    {
        _aborted.TrySetResult();
        End();
    }

    public void AbortIfLeft()
    {
        var services = _activation.Services;
        var left = services.Time.GetElapsedTime(_lastPull, services.Clock.Timestamp);
        if (!_isPulled && left >= services.Options.ResponseTimeout)
        {
            services.LogResponseLeft(_activation.ToString());
            Dispose();
        }
    }

    /// <summary>
    /// The reader goes. Returns when the grain's iterator has ended, or the response time-out passed.
    /// </summary>
    public async Task LeaveAsync()
    {
        if (_closed.Task.IsCompleted)
        {
            return;
        }

        _activation.Post(new ActivationItem(_activation, _ => Dispose()));
        var services = _activation.Services;
        try
        {
            await _closed.Task.WaitAsync(services.Options.ResponseTimeout, services.Time);
        }
        catch (TimeoutException)
        {
            services.LogResponseNotClosed(_activation.ToString());
        }
    }

    private async Task<ResponseBatch<TItem>> FillAsync()
    {
        var itemsMax = _activation.Services.Options.ResponseBatchItemsMax;
        var items = new List<TItem>(1);
        while (items.Count < itemsMax)
        {
            _move ??= _items.MoveNextAsync().AsTask();
            if (!_move.IsCompleted)
            {
                if (items.Count > 0)
                {
                    break;
                }

                await Task.WhenAny(_move, _aborted.Task);
                if (_isEnded)
                {
                    throw Aborted();
                }
            }

            if (!await _move)
            {
                return new ResponseBatch<TItem>(items, IsLast: true);
            }

            _move = null;
            items.Add(_items.Current);
        }

        return new ResponseBatch<TItem>(items, IsLast: false);
    }

    private ResponseBatch<TItem> Cross(ResponseBatch<TItem> batch) =>
        _activation.Services.Wire is { } wire
            ? batch with { Items = [.. batch.Items.Select(wire.Cross)] }
            : batch;

    private void End()
    {
        if (!_isEnded)
        {
            _isEnded = true;
            _ = CloseAsync();
        }
    }

    private async Task CloseAsync()
    {
        _activation.Remove(this);
        _activation.BeginWork();
        try
        {
            _lifetime.Cancel();
            if (_move is not null)
            {
                await Task.WhenAny(_move);
            }

            await _items.DisposeAsync();
        }
        catch (Exception exception)
        {
            _activation.Services.LogResponseFaulted(_activation.ToString(), exception);
        }

        _closed.TrySetResult();
        _activation.EndWork();
    }

    private ResponseAbortedException Aborted() =>
        new($"A response stream of {_activation} was aborted: its activation ended, or it was left unpulled.");
}
