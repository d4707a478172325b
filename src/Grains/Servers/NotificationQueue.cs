using System.Diagnostics.CodeAnalysis;
using Smcp.Mcp;

namespace Smcp.Servers;

/// <summary>
/// Notifications on their way to one reader. Of change notices one of each waits, however often it comes, so the last
/// change is always announced; there are no more of them than its reader subscribed to. Of others a number waits.
/// </summary>
internal sealed class NotificationQueue(int othersMax)
{
    private readonly HashSet<ChangeNotice> _notices = [];
    private Queue<(ChangeNotice? Notice, McpFrame Frame)> _waiting = [];

    public int Count => _waiting.Count;

    /// <summary>Takes a notification up; false when it is lost, since too many wait.</summary>
    public bool TryAdd(ChangeNotice? notice, McpFrame frame)
    {
        if (notice is { } change ? !_notices.Add(change) : _waiting.Count - _notices.Count >= othersMax)
        {
            return notice is not null;
        }

        _waiting.Enqueue((notice, frame));
        return true;
    }

    public bool TryTake([NotNullWhen(true)] out McpFrame? frame)
    {
        var taken = _waiting.TryDequeue(out var next);
        frame = next.Frame;
        if (next.Notice is { } notice)
        {
            _notices.Remove(notice);
        }

        return taken;
    }

    /// <summary>Drops what waits of resources that are wanted no more.</summary>
    public void KeepUpdates(IReadOnlySet<string> uris)
    {
        if (_notices.RemoveWhere(notice => IsUnwanted(notice)) > 0)
        {
            _waiting = new(_waiting.Where(entry => !IsUnwanted(entry.Notice)));
        }

        bool IsUnwanted(ChangeNotice? notice) => notice is { Uri: { } uri } && !uris.Contains(uri);
    }

    public void Clear()
    {
        _waiting.Clear();
        _notices.Clear();
    }
}
