namespace Smcp.Sessions;

/// <summary>What a delivery of frames comes to: events to append, and what is to be done around that.</summary>
internal sealed class FrameBatch(int capacity)
{
    public List<LogEntry> Entries { get; } = new(capacity);

    /// <summary>Whether there is a new question among them.</summary>
    public bool Asks { get; set; }

    /// <summary>Whether the last is the call's answer.</summary>
    public bool Ends { get; set; }

    /// <summary>Whether the stream's connection is to be closed.</summary>
    public bool Closes { get; set; }

    /// <summary>Questions that cannot be asked now, with the error that the server gets for each.</summary>
    public List<SessionQuestion>? Refused { get; set; }
}
