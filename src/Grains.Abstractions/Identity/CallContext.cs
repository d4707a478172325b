using Smcp.Wire;

namespace Smcp.Identity;

/// <summary>
/// Who calls and on what terms: made once, by the gateway, and the only thing besides trace context that crosses from
/// grain to grain without being asked for. The first parameter of every grain method that serves a caller.
/// </summary>
[Wire("call-context", 2)]
public sealed record CallContext
{
    /// <summary>The tenant: of the route, of the credential, and of every grain key of this call.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Who calls.</summary>
    public required PrincipalId Principal { get; init; }

    /// <summary>What the credential may do, in OAuth's words: of <see cref="McpScopes"/>.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The names of the caller's roles in the tenant.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>What those roles permit, resolved: each the text of a <see cref="Permission"/>.</summary>
    public IReadOnlyList<string> Permissions { get; init; } = [];

    /// <summary>
    /// Names the credential in audit and limits; never the secret itself. Null for an anonymous caller.
    /// </summary>
    public string? Credential { get; init; }

    /// <summary>The client's address, as the network station found it. Null where there is none.</summary>
    public string? Address { get; init; }

    /// <summary>The protocol revision of the message, by its date.</summary>
    public required string Revision { get; init; }

    /// <summary>Names the request in logs, audit and error reports. Visible ASCII, at most 64 characters.</summary>
    public required string CorrelationId { get; init; }

    /// <summary>The W3C trace context of the request, where it has one.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The W3C trace state of the request, where it has one.</summary>
    public string? TraceState { get; init; }
}
