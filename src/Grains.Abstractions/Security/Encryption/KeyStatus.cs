using Smcp.Wire;

namespace Smcp.Security.Encryption;

/// <summary>How the keys of the store stand.</summary>
[Wire("key-status", 1)]
public sealed record KeyStatus
{
    /// <summary>The version of the master key that wraps now.</summary>
    public int Master { get; init; }

    /// <summary>Tenants with keys, the platform among them.</summary>
    public int Owners { get; init; }

    /// <summary>Of these, how many have a key that an older master key wraps.</summary>
    public int OnOlderMaster { get; init; }

    /// <summary>How many have rows that are being encrypted anew.</summary>
    public int Rotating { get; init; }

    /// <summary>Tenants whose keys were destroyed.</summary>
    public int Destroyed { get; init; }
}
