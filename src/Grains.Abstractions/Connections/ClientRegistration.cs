using Smcp.Wire;

namespace Smcp.Connections;

/// <summary>What we ask for when we register (RFC 7591 section 2).</summary>
[Wire("client-registration", 1)]
public sealed record ClientRegistration
{
    public required string Issuer { get; init; }

    /// <summary>Where to register.</summary>
    public required string Endpoint { get; init; }

    public required string RedirectUri { get; init; }

    /// <summary>How we want to prove who we are at the token endpoint.</summary>
    public required string AuthMethod { get; init; }
}
