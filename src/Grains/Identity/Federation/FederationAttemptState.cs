using Smcp.Wire;

namespace Smcp.Identity.Federation;

/// <summary>An attempt as stored.</summary>
[Wire("federation-attempt-state", 1)]
internal sealed record FederationAttemptState
{
    public FederationAttempt? Attempt { get; init; }
}
