using Smcp.Wire;

namespace Smcp.Identity;

/// <summary>
/// Who calls and on what terms: made once, by the gateway, and the only thing besides trace context that crosses from
/// grain to grain without being asked for. The first parameter of every grain method that serves a caller.
/// </summary>
[Wire("call-context", 1)]
public sealed record CallContext
{
    /// <summary>The tenant: of the route, of the credential, and of every grain key of this call.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Who calls.</summary>
    public required PrincipalId Principal { get; init; }

    /// <summary>What the credential may do, in OAuth's words; empty until identity exists.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The protocol revision of the message, by its date.</summary>
    public required string Revision { get; init; }

    /// <summary>Names the request in logs, audit and error reports. Visible ASCII, at most 64 characters.</summary>
    public required string CorrelationId { get; init; }

    /// <summary>The W3C trace context of the request, where it has one.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The W3C trace state of the request, where it has one.</summary>
    public string? TraceState { get; init; }
}
