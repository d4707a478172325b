using Smcp.Wire;

namespace Smcp.Identity.Users;

/// <summary>One try to log in by password.</summary>
[Wire("password-attempt", 1)]
public sealed record PasswordAttempt
{
    public required LoginName LoginName { get; init; }

    public required string Password { get; init; }

    /// <summary>
    /// The secret of a browser that this user logged in with before: it has its own count of failures, so that
    /// strangers' failures do not keep the user out.
    /// </summary>
    public string? Device { get; init; }

    /// <summary>The client's address: failures are counted by it.</summary>
    public string? Address { get; init; }

    /// <summary>Without the secrets.</summary>
    public override string ToString() => nameof(PasswordAttempt);
}
