using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Identity.Users;

/// <summary>Who logged in, or why nobody did.</summary>
[Wire("login-outcome", 1)]
public sealed record LoginOutcome
{
    public UserStanding? User { get; init; }

    /// <summary>What the browser is to be known by from now on, where it was not known.</summary>
    public string? Device { get; init; }

    /// <summary>
    /// <see cref="FaultReason.InvalidCredential"/> in one wording for every cause, or
    /// <see cref="FaultReason.LimitExceeded"/> with the time to wait.
    /// </summary>
    public McpFault? Fault { get; init; }

    public static LoginOutcome Refused(McpFault fault) => new() { Fault = fault };

    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{nameof(LoginOutcome)} of {User?.Id}";
}
