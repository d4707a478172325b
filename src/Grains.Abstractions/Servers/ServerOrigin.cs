using Smcp.Wire;

namespace Smcp.Servers;

/// <summary>What a version was made of, where that was not our own settings: for people, it decides nothing.</summary>
[Wire("server-origin", 1)]
public sealed record ServerOrigin
{
    public required OriginForm Form { get; init; }

    /// <summary>How it is called there; of a package of the npm registry, its name.</summary>
    public string? Name { get; init; }

    /// <summary>Which version of it; of a package, the one that was brought.</summary>
    public string? Version { get; init; }

    /// <summary>
    /// SHA-256 of the lock file (<c>package-lock.json</c> in the image) that says what was brought, lower-case hex.
    /// </summary>
    public string? Lock { get; init; }
}
