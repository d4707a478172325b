namespace Smcp.Hosting;

/// <summary>How many instances of a server run: objects of its class, each with its own state.</summary>
public enum ServerScope
{
    /// <summary>One for all callers. Calls run concurrently: what they share must be thread-safe.</summary>
    Shared = 0,

    /// <summary>One for each session, and for clients of revisions without sessions one for each principal.</summary>
    Session = 1,
}
