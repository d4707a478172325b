namespace Smcp.Sessions;

/// <summary>
/// A connection that reads a stream, and until when it counts as open if it does not read again (by the clock's
/// timestamp).
/// </summary>
internal sealed class StreamLease(StreamReader reader)
{
    public StreamReader Reader { get; } = reader;

    public long ExpiresAt { get; set; }

    /// <summary>The server wants it closed, so that its client polls.</summary>
    public bool MustClose { get; set; }
}
