using Smcp.Wire;

namespace Smcp.Identity.Federation;

/// <summary>An attempt as stored.</summary>
[Wire("federation-attempt-state", 2)]
internal sealed record FederationAttemptState
{
    public FederationAttempt? Attempt { get; init; }

    /// <summary>Of the browser's secret.</summary>
    public SecretDigest? Browser { get; init; }
}
