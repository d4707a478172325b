using Smcp.Wire;

namespace Smcp.Identity.Federation;

/// <summary>A browser goes to the tenant's provider.</summary>
[Wire("federation-start", 1)]
public sealed record FederationStart
{
    /// <summary>Unguessable, and sent through the provider: names the attempt.</summary>
    public required string State { get; init; }

    /// <summary>The secret of the browser: it must be the one that comes back.</summary>
    public required string Browser { get; init; }

    /// <summary>Where the provider sends the browser back.</summary>
    public required string RedirectUri { get; init; }

    /// <summary>The waiting authorization request that it goes for; null without one.</summary>
    public string? Request { get; init; }

    /// <summary>Without the secrets.</summary>
    public override string ToString() => nameof(FederationStart);
}
