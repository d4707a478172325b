using Smcp.Identity;
using Smcp.Wire;

namespace Smcp.Servers.Deploying;

/// <summary>A version, as its server keeps it.</summary>
[Wire("version-row", 3)]
internal sealed record VersionRow
{
    public required ServerVersion Version { get; init; }

    public DateTimeOffset DeployedAt { get; init; }

    public PrincipalId DeployedBy { get; init; }

    /// <summary>The hash of what it was found to offer; null before that.</summary>
    public string? Manifest { get; init; }

    /// <summary>The hash of what an administrator approved of it.</summary>
    public string? Approved { get; init; }

    /// <summary>Why what it offers is not known, in words for its tenant.</summary>
    public string? Problem { get; init; }

    /// <summary>What it was found to offer otherwise than it was approved.</summary>
    public ManifestChanges? Drift { get; init; }

    /// <summary>Until when it serves those who began on it, since it went out of use.</summary>
    public DateTimeOffset? DrainsUntil { get; init; }

    public bool IsRevoked { get; init; }
}
