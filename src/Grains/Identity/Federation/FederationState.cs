using Smcp.Wire;

namespace Smcp.Identity.Federation;

/// <summary>What the provider gave us to prove who we are.</summary>
[Wire("federation-state", 1)]
internal sealed record FederationState
{
    public string? Secret { get; init; }

    /// <summary>Without the secret.</summary>
    public override string ToString() => nameof(FederationState);
}
