namespace Smcp.Sessions;

/// <summary>Events of one stream, gathered up to a bound of number and bytes; at least one fits.</summary>
internal sealed class EventPage(int eventsMax, int bytesMax)
{
    private List<SessionEvent>? _events;
    private long _bytes;

    public IReadOnlyList<SessionEvent> Events => _events ?? [];

    /// <summary>Whether the next event must wait for the next page.</summary>
    public bool IsFull => _events is { } events && (events.Count >= eventsMax || _bytes >= bytesMax);

    public void Add(LoggedEvent logged)
    {
        (_events ??= []).Add(new SessionEvent(logged.Sequence, logged.Entry.Message));
        _bytes += logged.Entry.Message.Length;
    }
}
