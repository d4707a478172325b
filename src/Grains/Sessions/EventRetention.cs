using Microsoft.Extensions.Logging;

namespace Smcp.Sessions;

/// <summary>
/// Lets go of events: those of streams that nobody can resume any more, and, when the log is overfull, the oldest of
/// all. What a stream lost is committed before it is gone, so that nobody reads across a gap.
/// </summary>
internal sealed partial class EventRetention(SessionData data, ILogger logger)
{
    private bool _isTrimming;

    /// <summary>Drops completed streams, and what stands in the log for no stream.</summary>
    public async ValueTask SweepAsync()
    {
        if (_isTrimming)
        {
            return;
        }

        _isTrimming = true;
        try
        {
            if (data.Streams.DropCompleted())
            {
                await data.CommitAsync();
            }

            await TrimAsync(data.Streams.Floor(data.HasUnsettledEvents ? data.State.SettledThrough : data.Log.Last));
        }
        finally
        {
            _isTrimming = false;
        }
    }

    /// <summary>Makes room when the log holds more than it may.</summary>
    public async ValueTask TrimOverflowAsync()
    {
        if (!data.Log.IsOverfull || _isTrimming)
        {
            return;
        }

        await SweepAsync();
        if (!data.Log.IsOverfull || _isTrimming)
        {
            return;
        }

        _isTrimming = true;
        try
        {
            var oldest = await data.Log.OldestAsync();
            if (oldest.Count > 0)
            {
                data.Streams.MarkTrimmed(oldest);
                data.Log.Forget(oldest[^1].Sequence);
                await data.CommitAsync();
                LogEventsTrimmed(logger, oldest.Count);
                await TrimAsync(oldest[^1].Sequence);
            }
        }
        finally
        {
            _isTrimming = false;
        }
    }

    private async ValueTask TrimAsync(long through)
    {
        await data.Log.TrimAsync(through);
        foreach (var stream in data.Streams.All)
        {
            stream.ForgetBefore(data.Log.First);
        }
    }
}
