using System.Text.Json;
using Smcp.Engine;
using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>
/// The states that were used already, durable before their use counts: a log, since each use adds one record and none
/// changes. Uses that come together share an append. On the activation's scheduler.
/// </summary>
internal sealed class ConsumedStates(IActivationContext activation, InstanceOptions options)
{
    private const int PageRecords = 1024;

    private static readonly McpFault TooMany = new(
        FaultReason.LimitExceeded, "Too many requests are being continued.");

    private readonly string _log = $"consumed-states/{activation.Key}";
    private readonly Dictionary<string, DateTimeOffset> _consumed = [];
    private readonly Queue<(long Sequence, ConsumedState State)> _byAge = [];
    private List<(ConsumedState State, TaskCompletionSource Written)> _waiting = [];
    private Task? _loading;
    private long _last;
    private bool _appending;
    private DateTimeOffset _forgottenThrough = DateTimeOffset.MinValue;

    /// <summary>Uses a state, or says why it cannot be used.</summary>
    /// <exception cref="Smcp.Storage.StateConflictException">Another activation wrote: this one is stale.</exception>
    public async ValueTask<McpFault?> ConsumeAsync(ConsumedState state)
    {
        await LoadedAsync();
        await ForgetExpiredAsync();

        // What is forgotten could be used again: what is as old as that has expired, also if the clock was set back.
        if (state.ExpiresAt <= _forgottenThrough)
        {
            return RequestStates.Refusal("has expired");
        }

        if (_consumed.Count >= options.ConsumedStatesMax)
        {
            return TooMany;
        }

        // Reserved at once, so that of two uses that race only one goes on to the log.
        if (!_consumed.TryAdd(state.Nonce, state.ExpiresAt))
        {
            return RequestStates.Refusal("was used before");
        }

        var written = new TaskCompletionSource();
        _waiting.Add((state, written));
        if (!_appending)
        {
            _ = AppendWaitingAsync();
        }

        await written.Task;
        return null;
    }

    private Task LoadedAsync()
    {
        if (_loading is null or { IsCompleted: true, IsCompletedSuccessfully: false })
        {
            _loading = LoadAsync();
        }

        return _loading;
    }

    private async Task LoadAsync()
    {
        // What a load before this one read, and then failed.
        _byAge.Clear();
        _consumed.Clear();
        var extent = await activation.Logs.ExtentAsync(_log, CancellationToken.None);
        _last = extent.Last;
        for (var after = Math.Max(0, extent.First - 1); after < extent.Last;)
        {
            var page = await activation.Logs.ReadAsync(_log, after, PageRecords, CancellationToken.None);
            foreach (var record in page)
            {
                after = record.Sequence;
                var state = JsonSerializer.Deserialize<ConsumedState>(record.Payload.Span, WireJson.Options)!;
                _byAge.Enqueue((record.Sequence, state));
                _consumed[state.Nonce] = state.ExpiresAt;
            }
        }
    }

    private async Task AppendWaitingAsync()
    {
        _appending = true;
        while (_waiting.Count > 0)
        {
            var batch = _waiting;
            _waiting = [];
            try
            {
                var records = batch.ConvertAll(ReadOnlyMemory<byte> (entry) =>
                    JsonSerializer.SerializeToUtf8Bytes(entry.State, WireJson.Options));
                await activation.Logs.AppendAsync(_log, _last + 1, records, CancellationToken.None);
                foreach (var (state, written) in batch)
                {
                    _byAge.Enqueue((++_last, state));
                    written.SetResult();
                }
            }
            catch (Exception exception)
            {
                foreach (var (state, written) in batch)
                {
                    _consumed.Remove(state.Nonce);
                    written.SetException(exception);
                }
            }
        }

        _appending = false;
    }

    // States live equally long, so the oldest record is the first to expire.
    private async ValueTask ForgetExpiredAsync()
    {
        var now = activation.Time.GetUtcNow();
        _forgottenThrough = now > _forgottenThrough ? now : _forgottenThrough;
        var through = 0L;
        while (_byAge.TryPeek(out var oldest) && oldest.State.ExpiresAt <= now)
        {
            _byAge.Dequeue();
            _consumed.Remove(oldest.State.Nonce);
            through = oldest.Sequence;
        }

        if (through > 0)
        {
            await activation.Logs.TrimAsync(_log, through, CancellationToken.None);
        }
    }
}
