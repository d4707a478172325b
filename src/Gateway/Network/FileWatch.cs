namespace Smcp.Network;

/// <summary>
/// Looks at files again and again, and tells when one of them is another than before. It asks instead of being told:
/// that works on every file system, mounted secrets among them.
/// </summary>
internal sealed class FileWatch : IDisposable
{
    private readonly IReadOnlyList<string> _paths;
    private readonly Action _changed;
    private readonly TimeSpan _period;
    private readonly ITimer _timer;
    private List<FileStamp?> _stamps;

    /// <param name="paths">The files; what they are now counts as known.</param>
    /// <param name="period">How often they are looked at.</param>
    /// <param name="changed">Called once for each change, never twice at a time.</param>
    /// <param name="time">The clock.</param>
    public FileWatch(IReadOnlyList<string> paths, TimeSpan period, Action changed, TimeProvider time)
    {
        _paths = paths;
        _changed = changed;
        _period = period;
        _stamps = Stamps();
        _timer = time.CreateTimer(static state => ((FileWatch)state!).Look(), this, period, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        // Taken before the files are read: what is written meanwhile is a change for the next look.
        var stamps = Stamps();
        if (!stamps.SequenceEqual(_stamps))
        {
            _stamps = stamps;
            _changed();
        }

        _timer.Change(_period, Timeout.InfiniteTimeSpan);
    }

    private List<FileStamp?> Stamps() => [.. _paths.Select(FileStamp.Of)];
}
