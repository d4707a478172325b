using Smcp.Wire;

namespace Smcp.Servers.Deploying;

/// <summary>What a version of a server is used for.</summary>
[Wire("version-standing", 1)]
public enum VersionStanding
{
    /// <summary>Nothing; it can be activated.</summary>
    Idle = 0,

    /// <summary>It serves whoever comes.</summary>
    Active = 1,

    /// <summary>It serves a share of the principals that come.</summary>
    Canary = 2,

    /// <summary>It serves the sessions that began on it, until they end or its time is over.</summary>
    Draining = 3,

    /// <summary>It was withdrawn at once, and serves nobody again.</summary>
    Revoked = 4,
}
