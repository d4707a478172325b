using Smcp.Identity.Users;
using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Identity.Federation;

/// <summary>Where to go, who entered, or why nobody does.</summary>
[Wire("federation-outcome", 1)]
public sealed record FederationOutcome
{
    /// <summary>The provider's page, for a browser that goes there.</summary>
    public string? Location { get; init; }

    /// <summary>Who came back.</summary>
    public LoginOutcome? Login { get; init; }

    /// <summary>The waiting authorization request that they went for.</summary>
    public string? Request { get; init; }

    /// <summary>For people, in words that tell nothing of the provider's answer.</summary>
    public McpFault? Fault { get; init; }

    /// <summary>Why, for audit only: a short word of the code.</summary>
    public string? Cause { get; init; }

    /// <summary>What is said, too, of a tenant that is not there: nobody learns which there are.</summary>
    public static FederationOutcome NotConfigured { get; } =
        Refused("not-configured", "Your organization has no log-in of its own.");

    /// <summary>Nobody was sent away, or another browser, or long ago. Of a tenant that is not there, too.</summary>
    public static FederationOutcome NoAttempt { get; } =
        Refused("state", "Your organization's log-in could not be completed. Please try again.");

    public static FederationOutcome Refused(string cause, string message) => new()
    {
        Fault = new McpFault(FaultReason.InvalidCredential, message),
        Cause = cause,
    };
}
