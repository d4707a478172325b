using Smcp.Wire;

namespace Smcp.Servers.Health;

/// <summary>How a server is, in one word.</summary>
[Wire("server-health", 1)]
public enum ServerHealth
{
    /// <summary>It answers, or would: what does not run is started by the next call.</summary>
    Healthy = 0,

    /// <summary>All that there is of it starts.</summary>
    Starting = 1,

    /// <summary>It answers, and something of it failed not long ago.</summary>
    Degraded = 2,

    /// <summary>It does not answer, or fails more often than not.</summary>
    Unhealthy = 3,

    /// <summary>It failed too often, and serves nobody until it is started.</summary>
    Quarantined = 4,

    /// <summary>Somebody stopped it, or no version of it is in use.</summary>
    Stopped = 5,
}
