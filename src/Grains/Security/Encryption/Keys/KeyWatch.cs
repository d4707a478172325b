using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Security.Encryption.Upkeep;

namespace Smcp.Security.Encryption.Keys;

/// <summary>
/// Looks from time to time whether another node added or destroyed keys: one read of one row, however many keys. What
/// this node has in memory of a tenant that is gone then ends.
/// </summary>
internal sealed partial class KeyWatch(
    DataKeyStore store,
    DataKeys keys,
    TenantEnd end,
    TimeProvider time,
    IOptions<EncryptionOptions> options,
    ILogger<KeyWatch> logger) : IAsyncDisposable
{
    private ITimer? _timer;
    private long _seen = -1;
    private int _isLooking;

    public void Start()
    {
        var period = options.Value.KeyRefresh;
        _timer = time.CreateTimer(_ => _ = TryLookAsync(), null, period, period);
    }

    /// <summary>Looks now.</summary>
    public async ValueTask LookAsync(CancellationToken cancellationToken)
    {
        var changes = await store.ChangesAsync(cancellationToken);
        if (Interlocked.Exchange(ref _seen, changes) != changes)
        {
            keys.Invalidate();
            await end.LookAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _timer?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task TryLookAsync()
    {
        if (Interlocked.Exchange(ref _isLooking, 1) != 0)
        {
            return;
        }

        try
        {
            await LookAsync(CancellationToken.None);
        }
        catch (Exception exception)
        {
            // What a node cannot find out it must not assume: until it can, every owner's keys are read again.
            keys.Invalidate();
            LogLookFailed(exception);
        }
        finally
        {
            Volatile.Write(ref _isLooking, 0);
        }
    }
}
