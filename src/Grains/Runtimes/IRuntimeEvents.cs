using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Runtimes;

/// <summary>Where a runtime says what belongs to no call. Implemented by the instance; thread-safe.</summary>
public interface IRuntimeEvents
{
    /// <summary>
    /// A notification between calls: list changed, resource updated, a log message. To one session, or (null) to
    /// everybody concerned.
    /// </summary>
    void Notify(string? session, McpFrame notification);

    /// <summary>A notification between calls for one principal's listeners: clients without session.</summary>
    void NotifyListeners(PrincipalId principal, McpFrame notification);

    /// <summary>The runtime ended by itself: everything in it is lost.</summary>
    void Ended(string reason);

    /// <summary>
    /// A line that the server wrote for people (its standard error), without the secrets that it was given.
    /// </summary>
    void Wrote(string line)
    {
        // Who hosts a runtime need not keep it.
    }

    /// <summary>Something that tells how the server is; as often as its processes start and end.</summary>
    void Note(RuntimeNote note)
    {
        // Who hosts a runtime need not look after it.
    }
}
