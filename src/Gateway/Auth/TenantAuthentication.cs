using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Smcp.Identity;
using Smcp.Protocol;

namespace Smcp.Auth;

// :: 3 auth: credential to CallContext. The tenant of the route must be the tenant of the credential.
/// <summary>
/// Makes every <see cref="CallContext"/>. There are no credentials yet: everyone is <c>anonymous</c> of the tenant
/// <c>default</c>, which the host keeps to loopback.
/// </summary>
internal sealed class TenantAuthentication
{
    private readonly Caller _anonymous =
        new(TenantId.Parse("default"), PrincipalId.Parse("anonymous"), []);

    /// <summary>Who calls; null when they may not know that the tenant exists.</summary>
    public Caller? Authenticate(TenantId routeTenant) =>
        routeTenant == _anonymous.Tenant ? _anonymous : null;

    /// <summary>
    /// The terms of one call. Trace context in the message is the client's own, and goes before the transport's.
    /// </summary>
    public static CallContext ContextOf(Caller caller, McpRevision revision, HttpContext http, in McpParamsPeek peek)
    {
        var headers = http.Request.Headers;
        var traced = Activity.Current is { Source.Name: GatewayTelemetry.SourceName } ours ? ours.Id : null;
        return new CallContext
        {
            Tenant = caller.Tenant,
            Principal = caller.Principal,
            Scopes = caller.Scopes,
            Revision = revision.Value,
            CorrelationId = http.TraceIdentifier,
            TraceParent = traced ?? peek.TraceParent ?? headers.TraceParent,
            TraceState = peek.TraceParent is null ? headers.TraceState : peek.TraceState,
        };
    }
}
