using Smcp.Identity;
using Smcp.Wire;

namespace Smcp.Servers.Deploying;

/// <summary>A version of a server, and what it is used for.</summary>
[Wire("version-info", 3)]
public sealed record VersionInfo
{
    /// <summary>What was deployed; never changes.</summary>
    public required ServerVersion Version { get; init; }

    public VersionStanding Standing { get; init; }

    /// <summary>With <see cref="VersionStanding.Canary"/>: the share of the principals, in percent.</summary>
    public int? Percent { get; init; }

    /// <summary>With <see cref="VersionStanding.Draining"/>: when the sessions that are left end.</summary>
    public DateTimeOffset? DrainsUntil { get; init; }

    public DateTimeOffset DeployedAt { get; init; }

    /// <summary>Who deployed it.</summary>
    public PrincipalId DeployedBy { get; init; }

    /// <summary>The hash of what it was found to offer; null where that is not known.</summary>
    public string? Manifest { get; init; }

    /// <summary>The hash of what an administrator approved of it; null for nothing.</summary>
    public string? Approved { get; init; }

    /// <summary>Why what it offers is not known.</summary>
    public string? Problem { get; init; }

    /// <summary>What it offers otherwise than was approved, and is withheld; null: never seen.</summary>
    public ManifestChanges? Drift { get; init; }
}
