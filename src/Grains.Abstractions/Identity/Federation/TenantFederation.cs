using Smcp.Wire;

namespace Smcp.Identity.Federation;

/// <summary>A tenant's own OpenID Connect provider: who vouches for its users.</summary>
[Wire("tenant-federation", 1)]
public sealed record TenantFederation
{
    /// <summary>The provider's issuer, an https URL, exactly as its tokens name it.</summary>
    public required string Issuer { get; init; }

    /// <summary>Who we are to the provider.</summary>
    public required string ClientId { get; init; }

    /// <summary>What the button says: "Continue with …". At most 60 characters.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What is asked for besides <c>openid</c>. Default: e-mail and profile.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = ["email", "profile"];

    /// <summary>
    /// The domains of verified e-mail addresses whose owners may enter. Empty: everybody the provider vouches for.
    /// </summary>
    public IReadOnlyList<string> EmailDomains { get; init; } = [];

    /// <summary>The claim that says what a user is: a text or a list of texts. Default: <c>groups</c>.</summary>
    public string RoleClaim { get; init; } = "groups";

    /// <summary>Which role each value of that claim gives.</summary>
    public IReadOnlyDictionary<string, string> RoleMap { get; init; } = new Dictionary<string, string>();

    /// <summary>The roles of everybody who enters. Default: none.</summary>
    public IReadOnlyList<string> DefaultRoles { get; init; } = [];
}
