using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Npgsql;
using Smcp.Storage;
using Smcp.Wire;

namespace Smcp.Engine;

/// <summary>
/// Bells by NOTIFY: a publisher tells the database, which tells each node that listens, over one connection of the
/// node's own. What is told while that connection is down is lost, as a bell may be.
/// </summary>
internal sealed partial class PostgresStreamHub(
    PostgresStore store, TimeProvider time, ILogger<PostgresStreamHub> logger) : IStreamHub, IAsyncDisposable
{
    /// <summary>What NOTIFY takes, less the name of the stream.</summary>
    private const int TextBytesMax = 7000;

    private readonly ConcurrentDictionary<string, Channel> _channels = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private CancellationTokenSource _changed = new();
    private Task? _listening;

    public async ValueTask PublishAsync<TItem>(string stream, TItem item)
        where TItem : class
    {
        var text = JsonSerializer.Serialize(item, WireJson.Options);
        if (Encoding.UTF8.GetByteCount(text) > TextBytesMax)
        {
            throw new ArgumentException($"A bell of more than {TextBytesMax} bytes.");
        }

        try
        {
            await store.WriteAsync(
                (connection, token) => connection.Command("SELECT pg_notify($1, $2)")
                    .With(NameOf(stream)).With($"{stream}\n{text}").RunAsync(token),
                CancellationToken.None);
        }
        catch (StorageUnavailableException)
        {
            // Said by the store already. A bell may be lost: what it rings for is in the log, or was refused by it.
        }
    }

    public async ValueTask<IAsyncDisposable> SubscribeAsync<TItem>(string stream, Func<TItem, ValueTask> onItem)
        where TItem : class
    {
        var subscription = new PostgresSubscription(
            stream,
            text => JsonSerializer.Deserialize<TItem>(text, WireJson.Options) is { } item
                ? onItem(item)
                : ValueTask.CompletedTask,
            store.Options.BellQueueLengthMax,
            exception => LogBellFaulted(stream, exception),
            Remove);
        Task heard;
        lock (_gate)
        {
            var channel = _channels.GetOrAdd(NameOf(stream), static _ => new Channel());
            channel.Subscriptions = [.. channel.Subscriptions, subscription];
            heard = channel.Heard.Task;
            _listening ??= Task.Run(ListenAsync);
            _changed.Cancel();
        }

        subscription.Start();

        // Where the database is away, the subscriber goes by its heartbeat until it is back.
        await Task.WhenAny(heard, Task.Delay(store.Options.ConnectTimeout, time, _stop.Token));
        return subscription;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_listening is { } listening)
        {
            await listening;
        }

        _stop.Dispose();
        _changed.Dispose();
    }

    /// <summary>A channel's name is bounded, and a stream's may hold anything.</summary>
    private static string NameOf(string stream) =>
        "smcp_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stream))[..16]);

    private async Task ListenAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await store.OpenAsync(_stop.Token);
                await using var connection = new NpgsqlConnection(store.ListenerText);
                await connection.OpenAsync(_stop.Token);
                connection.Notification += Pass;
                LogListening();
                await HearAsync(connection);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or StorageStartException)
            {
                LogListenFailed(exception.Message, exception);
            }

            await Task.WhenAny(Task.Delay(store.Options.ListenRetry, time, _stop.Token));
        }
    }

    /// <summary>Listens on each channel, and again whenever there is another one.</summary>
    private async Task HearAsync(NpgsqlConnection connection)
    {
        var heard = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            CancellationTokenSource changed;
            lock (_gate)
            {
                _changed.Dispose();
                _changed = changed = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            }

            foreach (var (name, channel) in _channels.Where(channel => heard.Add(channel.Key)))
            {
                await using var listen = connection.Command($"LISTEN {name}");
                await listen.ExecuteNonQueryAsync(_stop.Token);
                channel.Heard.TrySetResult();
            }

            try
            {
                while (true)
                {
                    await connection.WaitAsync(changed.Token);
                }
            }
            catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
            {
                // Another stream is subscribed to.
            }
        }
    }

    private void Pass(object sender, NpgsqlNotificationEventArgs told)
    {
        var end = told.Payload.IndexOf('\n', StringComparison.Ordinal);
        if (end < 0 || !_channels.TryGetValue(told.Channel, out var channel))
        {
            return;
        }

        foreach (var subscription in channel.Subscriptions.Where(found =>
            told.Payload.AsSpan(0, end).SequenceEqual(found.Stream)))
        {
            subscription.Offer(told.Payload[(end + 1)..]);
        }
    }

    private void Remove(PostgresSubscription subscription)
    {
        lock (_gate)
        {
            // The channel stays: listening to one that is silent costs nothing.
            var channel = _channels[NameOf(subscription.Stream)];
            channel.Subscriptions = [.. channel.Subscriptions.Where(found => found != subscription)];
        }
    }

    /// <summary>What one name of NOTIFY stands for.</summary>
    private sealed class Channel
    {
        /// <summary>Done when the database was first told to pass it on.</summary>
        public TaskCompletionSource Heard { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public PostgresSubscription[] Subscriptions { get; set; } = [];
    }
}
