using Smcp.Wire;

namespace Smcp.Security.Encryption;

/// <summary>How a tenant's data keys stand.</summary>
[Wire("tenant-keys", 1)]
public sealed record TenantKeys
{
    /// <summary>1 at first; one more each time that new keys are given after a destruction. 0: none yet.</summary>
    public int Generation { get; init; }

    /// <summary>The keys were destroyed, and no new ones given.</summary>
    public bool IsDestroyed { get; init; }

    /// <summary>Keys in use. More than one: rows of the older ones are being encrypted anew.</summary>
    public int Keys { get; init; }

    /// <summary>When the key that writes was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Messages counted on it; never fewer than it encrypted.</summary>
    public long Messages { get; init; }

    /// <summary>The version of the master key that wraps it.</summary>
    public int Master { get; init; }
}
