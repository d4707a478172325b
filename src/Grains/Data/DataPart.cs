using Smcp.Engine;
using Smcp.Storage;

namespace Smcp.Data;

/// <summary>
/// What a part of a key-value store and a part of the objects have in common: their count with the tenant, the sweep
/// that they are reminded of, and the end of an activation whose memory may be ahead of its log.
/// </summary>
internal sealed class DataPart
{
    private const string Sweep = "sweep";

    private readonly IActivationContext _activation;
    private readonly ServerDataOptions _options;
    private bool _isReminded;
    private bool _isBroken;

    /// <summary>
    /// The part that the activation's key names. <paramref name="kind"/> is a constant of <see cref="DataSource"/>;
    /// <paramref name="onNotReported"/> learns of a count that could not be said.
    /// </summary>
    public DataPart(
        IActivationContext activation,
        IEngineFailures failures,
        ServerDataOptions options,
        string kind,
        Action<Exception> onNotReported)
    {
        _activation = activation;
        _options = options;
        var key = DataPartKey.Parse(activation.Key);
        Count = new StorageCount(
            activation, failures, key.Tenant, new DataSource(key.Server, kind, key.Part), onNotReported);
    }

    public StorageCount Count { get; }

    /// <summary>A write of the log failed: the activation ends.</summary>
    public void Break()
    {
        _isBroken = true;
        _activation.Deactivate();
    }

    /// <summary>After a failed write memory may be ahead of the log: the next activation reads it.</summary>
    public void ThrowIfBroken()
    {
        if (_isBroken)
        {
            throw new StorageUnavailableException("A write of the part's log failed.");
        }
    }

    /// <summary>Asks for the sweep. Before the write that needs it: the process may die right after that.</summary>
    public async ValueTask RemindAsync()
    {
        if (!_isReminded)
        {
            await _activation.SetReminderAsync(Sweep, _options.SweepPeriod, _options.SweepPeriod);
            _isReminded = true;
        }
    }

    /// <summary>The sweep came, so it is asked for.</summary>
    public void BeginSweep()
    {
        ThrowIfBroken();
        _isReminded = true;
    }

    /// <summary>Nothing is left to sweep.</summary>
    public async ValueTask EndSweepsAsync()
    {
        _isReminded = false;
        await _activation.RemoveReminderAsync(Sweep);
    }

    /// <summary>Whether a log of so many records, for so many entries, is to be written anew.</summary>
    public bool IsLong(long records, int entries) => records > (2L * entries) + _options.LogSlack;
}
