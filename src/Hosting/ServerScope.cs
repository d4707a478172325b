namespace Smcp.Hosting;

/// <summary>How many instances of a server run: objects of its class, each with its own state.</summary>
public enum ServerScope
{
    /// <summary>One for all callers. Calls run concurrently: what they share must be thread-safe.</summary>
    Shared = 0,

    /// <summary>One for each session, and for clients of revisions without sessions one for each principal.</summary>
    Session = 1,

    /// <summary>
    /// Several (<see cref="McpServerAttribute.PoolMembers"/>), each with its own <see cref="IServerState{T}"/>; a
    /// cluster spreads them over its nodes. A session stays with one of them, and so does a principal without session.
    /// What all must see belongs in <see cref="IServerKeyValues"/> or <see cref="IServerObjects"/>.
    /// </summary>
    Pool = 2,
}
