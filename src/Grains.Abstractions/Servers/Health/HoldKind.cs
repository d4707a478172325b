using Smcp.Wire;

namespace Smcp.Servers.Health;

/// <summary>Why a server serves nobody although a version of it could.</summary>
[Wire("hold-kind", 1)]
public enum HoldKind
{
    /// <summary>Its processes failed too often.</summary>
    Quarantined = 0,

    /// <summary>An administrator of its tenant stopped it.</summary>
    Stopped = 1,

    /// <summary>An operator stopped it: only an operator starts it again.</summary>
    StoppedByOperator = 2,
}
