using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>How many instances a server has.</summary>
[Wire("instance-scope", 2)]
public enum InstanceScope
{
    /// <summary>One for all callers.</summary>
    Shared = 0,

    /// <summary>One for each session; for a client without sessions, one for each principal.</summary>
    Session = 1,

    /// <summary>
    /// Several, spread over the nodes. A session stays with one of them, and so does a principal without session.
    /// </summary>
    Pool = 2,
}
