using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Sessions;
using StreamReader = Smcp.Sessions.StreamReader;

namespace Smcp.Mcp.Sse;

/// <summary>
/// Where bells arrive: one subscription a gateway, from which each bell is passed to the connection that it names. A
/// bell may be lost, so
/// whoever waits also looks at the log by the clock.
/// </summary>
internal sealed partial class BellDesk(IStreamHub streams, IOptions<GatewayOptions> options, ILogger<BellDesk> logger)
    : IAsyncDisposable
{
    private const int ConnectionNameBytes = 12;

    private readonly ConcurrentDictionary<string, Wakeup> _connections = new();
    private readonly SemaphoreSlim _subscribing = new(1);
    private IAsyncDisposable? _subscription;

    /// <summary>Gives a connection a name that grains can ring.</summary>
    public async ValueTask<(StreamReader Reader, Wakeup Bell)> RegisterAsync()
    {
        if (_subscription is null)
        {
            await SubscribeAsync();
        }

        var bell = new Wakeup();
        var reader = new StreamReader(options.Value.Id, RandomText.Token(ConnectionNameBytes));
        _connections[reader.Connection] = bell;
        return (reader, bell);
    }

    public void Remove(StreamReader reader) => _connections.TryRemove(reader.Connection, out _);

    public async ValueTask DisposeAsync()
    {
        if (_subscription is { } subscription)
        {
            await subscription.DisposeAsync();
        }

        _subscribing.Dispose();
    }

    private async Task SubscribeAsync()
    {
        await _subscribing.WaitAsync();
        try
        {
            if (_subscription is null)
            {
                _subscription = await streams.SubscribeAsync<Bell>(Bell.StreamOf(options.Value.Id), PassAsync);
                BellsSubscribed(options.Value.Id);
            }
        }
        finally
        {
            _subscribing.Release();
        }
    }

    private ValueTask PassAsync(Bell bell)
    {
        if (_connections.TryGetValue(bell.Connection, out var waiting))
        {
            waiting.Ring();
        }

        return ValueTask.CompletedTask;
    }
}
