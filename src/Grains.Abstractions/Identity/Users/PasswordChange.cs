using Smcp.Wire;

namespace Smcp.Identity.Users;

/// <summary>A password, and what allows to set it: the one before it, or an invitation's secret.</summary>
[Wire("password-change", 1)]
public sealed record PasswordChange
{
    /// <summary>The password up to now, or the secret of an invitation.</summary>
    public required string Proof { get; init; }

    public required string Password { get; init; }

    /// <summary>Without the secrets.</summary>
    public override string ToString() => nameof(PasswordChange);
}
