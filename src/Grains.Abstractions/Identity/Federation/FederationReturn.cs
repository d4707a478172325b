using Smcp.Wire;

namespace Smcp.Identity.Federation;

/// <summary>A browser came back from the tenant's provider.</summary>
[Wire("federation-return", 1)]
public sealed record FederationReturn
{
    public required string State { get; init; }

    /// <summary>The secret of the browser that came.</summary>
    public required string Browser { get; init; }

    public required string RedirectUri { get; init; }

    /// <summary>The provider's code; null with an error.</summary>
    public string? Code { get; init; }

    /// <summary>Who answered, where the provider says it (RFC 9207).</summary>
    public string? Issuer { get; init; }

    /// <summary>Without the secrets.</summary>
    public override string ToString() => nameof(FederationReturn);
}
