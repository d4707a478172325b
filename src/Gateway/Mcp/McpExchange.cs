using Microsoft.AspNetCore.Http;
using Smcp.Auth;
using Smcp.Identity;
using Smcp.Mcp.Answers;
using Smcp.Mcp.Messages;
using Smcp.Mcp.Routes;
using Smcp.Protocol;
using Smcp.Quotas;
using Smcp.Tenants;

namespace Smcp.Mcp;

/// <summary>One HTTP request on its way through the stations; each adds what it found.</summary>
internal sealed class McpExchange(HttpContext http, ServerRoute route, TenantAuthentication authentication)
{
    private static readonly TenantSnapshot Unknown = new();

    public HttpContext Http => http;

    public ServerRoute Route => route;

    /// <summary>Set by station 3.</summary>
    public Caller Caller { get; set; } = Caller.Nobody;

    /// <summary>Set by station 3: the caller's tenant, as it was some seconds ago at most.</summary>
    public TenantSnapshot Tenant { get; set; } = Unknown;

    /// <summary>What the tenant may use; null is no limit.</summary>
    public TenantQuotas Quotas => Tenant.Quotas;

    /// <summary>The place that the request has under its tenant's quota, until it leaves.</summary>
    public LeasedSlots? Slots { get; set; }

    /// <summary>Where what is answered counts, when its tenant has a quota for it.</summary>
    public DayTally? Egress { get; set; }

    /// <summary>Whether it is counted among those of its principal.</summary>
    public bool IsCounted { get; set; }

    /// <summary>Set by the reader.</summary>
    public McpBody Body { get; set; }

    /// <summary>Set by the gate: the revision that the message is served by.</summary>
    public McpRevision Revision { get; set; } = McpRevision.AssumedWithoutHeader;

    /// <summary>Set by the gate, where the revision has sessions and this is not the one that opens it.</summary>
    public KnownSession? Session { get; set; }

    public McpInbound Message => Body.Single!;

    /// <summary>The id that an error is answered with; none for a batch.</summary>
    public JsonRpcId Id => Body.Single is { Kind: JsonRpcKind.Request } request ? request.Id : Body.RefusedId;

    public CallContext Context() =>
        TenantAuthentication.ContextOf(Caller, Revision, http, Body.Single?.Peek ?? default);

    public Task RefuseAsync(McpRefusal refusal)
    {
        var challenged = refusal.Scope is { } scope
            ? refusal with { Challenge = Challenge.Insufficient(route.ResourceMetadata, scope) }
            : refusal;
        return JsonAnswer.RefuseAsync(http, challenged, Id);
    }

    public Task RefuseAsync(McpFault fault) => fault.Reason == FaultReason.Unavailable
        ? RefuseUnavailableAsync(fault)
        : RefuseAsync(McpErrorMap.Of(fault, Revision) with { Limit = RateLimitPolicy.Of(fault, Quotas) });

    /// <summary>A tenant that was deleted a moment ago is not unavailable: nobody has it.</summary>
    private async Task RefuseUnavailableAsync(McpFault fault) =>
        await RefuseAsync(await authentication.RefusalOfGoneAsync(this) ?? McpErrorMap.Of(fault, Revision));
}
