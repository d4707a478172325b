using Smcp.Wire;

namespace Smcp.Identity;

/// <summary>
/// Whom a valid credential speaks for, as the grain that keeps the credential says it. A gateway may hold it for its
/// credential lifetime (seconds): that bounds how long a revocation takes.
/// </summary>
[Wire("caller-identity", 1)]
public sealed record CallerIdentity
{
    public required TenantId Tenant { get; init; }

    public required PrincipalId Principal { get; init; }

    /// <summary>Names the credential; never the secret.</summary>
    public required string Credential { get; init; }

    /// <summary>The scopes of the credential.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The roles of the principal in the tenant.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>What those roles permit: each the text of a <see cref="Permission"/>.</summary>
    public IReadOnlyList<string> Permissions { get; init; } = [];

    /// <summary>When the credential ends by itself; none for one that does not.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
