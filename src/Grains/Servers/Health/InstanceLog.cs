using System.Globalization;
using Smcp.Engine;

namespace Smcp.Servers.Health;

/// <summary>
/// Takes what an instance's processes write to where the tenant reads it: at once, and then not more often than it may.
/// Of what comes faster, the oldest is left out.
/// </summary>
internal sealed class InstanceLog(
    IActivationContext activation,
    InstanceKey key,
    string id,
    InstanceInbox inbox,
    IEngineFailures failures,
    HealthOptions options)
{
    private readonly TimeProvider _time = activation.Time;
    private readonly Lock _lock = new();
    private readonly Queue<ServerLogLine> _waiting = new();
    private int _characters;
    private long _left;
    private bool _isSending;

    /// <summary>Any thread.</summary>
    public void Take(string text)
    {
        lock (_lock)
        {
            _waiting.Enqueue(LineOf(text));
            _characters += text.Length;
            while (_characters * sizeof(char) > options.LogBatchBytesMax && _waiting.Count > 1)
            {
                _characters -= _waiting.Dequeue().Text.Length;
                _left++;
            }

            if (_isSending)
            {
                return;
            }

            _isSending = true;
        }

        inbox.Post(() => _ = SendAsync());
    }

    /// <summary>The instance ends: what waits is handed over.</summary>
    public Task FlushAsync() => HandOverAsync();

    private async Task SendAsync()
    {
        if (await HandOverAsync())
        {
            IDisposable? timer = null;
            timer = activation.RegisterTimer(
                _ =>
                {
                    timer?.Dispose();
                    return SendAsync();
                },
                options.LogPeriod,
                Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>False where nothing waited: who writes next begins anew.</summary>
    private async Task<bool> HandOverAsync()
    {
        var lines = new List<ServerLogLine>();
        lock (_lock)
        {
            if (_left > 0)
            {
                lines.Add(LineOf(string.Create(
                    CultureInfo.InvariantCulture, $"({_left} lines came too fast, and are left out)")));
                _left = 0;
            }

            lines.AddRange(_waiting);
            _waiting.Clear();
            _characters = 0;
            _isSending = lines.Count > 0;
        }

        if (lines.Count == 0)
        {
            return false;
        }

        try
        {
            await activation.Grains.Locate<IServerLogGrain>(new ServerKey(key.Tenant, key.Server).ToString())
                .AppendAsync(lines, CancellationToken.None);
        }
        catch (Exception exception) when (failures.Classify(exception) != EngineFailure.None)
        {
            // It is for people to look at, and no record.
        }

        return true;
    }

    private ServerLogLine LineOf(string text) => new()
    {
        At = _time.GetUtcNow(),
        Instance = id,
        Version = key.Version,
        Text = text,
    };
}
