using Smcp.Wire;

namespace Smcp.Identity.Users;

/// <summary>Whom a tenant's own provider vouches for, after its token was checked.</summary>
[Wire("federated-login", 1)]
public sealed record FederatedLogin
{
    /// <summary>The provider.</summary>
    public required string Issuer { get; init; }

    /// <summary>Who they are there, for ever; with the issuer the one thing that an account is linked by.</summary>
    public required string Subject { get; init; }

    /// <summary>The login name that the account gets when it is made.</summary>
    public required LoginName LoginName { get; init; }

    public string? DisplayName { get; init; }

    /// <summary>The roles that the provider's claims map to; they replace what the user had.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];
}
