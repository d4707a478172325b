using Smcp.Wire;

namespace Smcp.Servers.Deploying;

/// <summary>How a version comes into use.</summary>
[Wire("version-activation", 1)]
public sealed record VersionActivation
{
    /// <summary>
    /// The share of the principals that it is to serve, 1 to 99 percent, beside the active version; 0: it is no canary
    /// any more. Null: it becomes the active one.
    /// </summary>
    public int? Percent { get; init; }

    /// <summary>
    /// How many seconds the sessions of a version that goes out of use may last; null: as the configuration says.
    /// </summary>
    public int? DrainSeconds { get; init; }
}
