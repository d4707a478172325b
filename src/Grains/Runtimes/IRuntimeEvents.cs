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
}
