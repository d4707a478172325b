using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Identity;

/// <summary>Whom a credential speaks for, or why it is refused.</summary>
[Wire("credential-lookup", 1)]
public sealed record CredentialLookup
{
    public CallerIdentity? Caller { get; init; }

    /// <summary>
    /// <see cref="FaultReason.InvalidCredential"/> with one text for every cause; <see cref="Cause"/> is for audit.
    /// </summary>
    public McpFault? Fault { get; init; }

    /// <summary>Why, for audit only: <c>unknown</c>, <c>expired</c>, <c>revoked</c>, <c>suspended</c>.</summary>
    public string? Cause { get; init; }

    public static CredentialLookup Of(CallerIdentity caller) => new() { Caller = caller };

    public static CredentialLookup Refused(string cause) =>
        new() { Fault = new McpFault(FaultReason.InvalidCredential, "The credential is not valid."), Cause = cause };
}
