using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Identity.Users;

/// <summary>An invitation as it was made, or why not.</summary>
[Wire("invitation-outcome", 1)]
public sealed record InvitationOutcome
{
    public UserSummary? User { get; init; }

    /// <summary>The single-use secret that sets the password, shown this once: <c>user.secret</c>.</summary>
    public string? Token { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public McpFault? Fault { get; init; }

    public static InvitationOutcome Refused(McpFault fault) => new() { Fault = fault };

    /// <summary>Without the token, which nobody is to find in a log.</summary>
    public override string ToString() => $"{nameof(InvitationOutcome)} of {User?.Id}";
}
