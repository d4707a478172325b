using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Mcp.Answers;
using Smcp.Mcp.Routes;
using Smcp.Network.Forwarding;
using Smcp.Protocol;
using Smcp.Servers;
using Smcp.Tenants;

namespace Smcp.Auth;

// :: 3 auth: credential to CallContext. The tenant of the route must be the tenant of the credential.
/// <summary>
/// Finds who calls, and makes every <see cref="CallContext"/>. Whoever shows no valid credential is told where to get
/// one, in the same words whether the server exists or not; only a public server serves without.
/// </summary>
internal sealed class TenantAuthentication(
    KnownCallers callers,
    KnownTenants tenants,
    TenantNetworks networks,
    ServerDefinitions servers,
    AuthAudit audit,
    IEngineFailures failures,
    IOptions<AuthOptions> options)
{
    private static readonly McpRefusal NotFromHere = new(
        StatusCodes.Status403Forbidden, McpErrorCodes.InvalidRequest,
        "The tenant may not be reached from this address.");

    private static readonly McpRefusal Suspended = new(
        StatusCodes.Status403Forbidden, McpErrorCodes.InvalidRequest, "The tenant is suspended.");

    /// <summary>
    /// Sets the exchange's caller, or says why there is none. Completes at once for a caller and a tenant that are
    /// remembered.
    /// </summary>
    public ValueTask<McpRefusal?> AuthenticateAsync(McpExchange exchange)
    {
        var credential = BearerCredential.Of(exchange.Http.Request, options.Value.CredentialLengthMax);
        if (credential is null)
        {
            return AdmitAnonymousAsync(exchange);
        }

        if (credential.Length == 0)
        {
            return RefuseAsync(exchange, "malformed");
        }

        var route = exchange.Route;
        var use = new CredentialUse(route.Resource, route.Tenant);
        var caller = callers.FindAsync(exchange.Http, credential, use);
        var tenant = tenants.FindAsync(route.Tenant, exchange.Http.RequestAborted);
        return caller.IsCompletedSuccessfully && tenant.IsCompletedSuccessfully
            ? new(Judge(exchange, caller.Result, tenant.Result))
            : FindThenJudgeAsync(exchange, caller, tenant);
    }

    /// <summary>
    /// Whether a caller who was admitted would be again: a stream that is open outlives no credential.
    /// </summary>
    public async ValueTask<bool> IsStillAdmittedAsync(McpExchange exchange)
    {
        var principal = exchange.Caller.Principal;
        return await AuthenticateAsync(exchange) is null && exchange.Caller.Principal == principal;
    }

    /// <summary>
    /// The refusal of a request that was admitted, but failed since its tenant was deleted: what is remembered of a
    /// tenant outlives it by seconds, and its grains do not. Null where the tenant is there, or cannot be asked.
    /// </summary>
    public async ValueTask<McpRefusal?> RefusalOfGoneAsync(McpExchange exchange)
    {
        if (exchange.Tenant.Status != TenantStatus.Active)
        {
            return null;
        }

        try
        {
            var tenant = await tenants.AskAsync(exchange.Route.Tenant, exchange.Http.RequestAborted);
            return tenant.Status.IsThere() ? null
                : exchange.Caller.IsAnonymous ? RefuseAnonymous(exchange, tenant)
                : Refuse(exchange, tenant, "no-tenant");
        }
        catch (Exception exception) when (failures.ClassifyRequest(exception) != EngineFailure.None)
        {
            return null;
        }
    }

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
            Scopes = caller.Identity.Scopes,
            Roles = caller.Identity.Roles,
            Permissions = caller.Identity.Permissions,
            Credential = caller.Identity.Credential,
            Address = http.Features.Get<ClientAddress>()?.Text,
            Revision = revision.Value,
            CorrelationId = http.TraceIdentifier,
            TraceParent = traced ?? peek.TraceParent ?? headers.TraceParent,
            TraceState = peek.TraceParent is null ? headers.TraceState : peek.TraceState,
        };
    }

    private async ValueTask<McpRefusal?> FindThenJudgeAsync(
        McpExchange exchange,
        ValueTask<(Caller? Caller, CredentialLookup? Refused)> caller,
        ValueTask<TenantSnapshot> tenant)
    {
        var found = await caller;
        return Judge(exchange, found, await tenant);
    }

    private async ValueTask<McpRefusal?> RefuseAsync(McpExchange exchange, string cause)
    {
        var tenant = await tenants.FindAsync(exchange.Route.Tenant, exchange.Http.RequestAborted);
        return Refuse(exchange, tenant, cause);
    }

    private McpRefusal Refuse(McpExchange exchange, TenantSnapshot tenant, string cause)
    {
        var route = exchange.Route;
        audit.Refused(exchange.Http, route.Tenant, tenant.Status, $"server/{route.Server}", cause);
        return Unauthenticated(Challenge.Invalid(route.ResourceMetadata));
    }

    private McpRefusal? Judge(
        McpExchange exchange, (Caller? Caller, CredentialLookup? Refused) found, TenantSnapshot tenant)
    {
        if (found.Caller is not { } caller)
        {
            return Refuse(exchange, tenant, found.Refused?.Cause ?? "unknown");
        }

        if (caller.Tenant != exchange.Route.Tenant || tenant.Status is TenantStatus.None or TenantStatus.Deleted)
        {
            return Refuse(exchange, tenant, "other-tenant");
        }

        exchange.Caller = caller;
        exchange.Tenant = tenant;
        return tenant.Status != TenantStatus.Active ? Suspended
            : networks.Admits(exchange.Http, caller, tenant) ? null
            : NotFromHere;
    }

    private async ValueTask<McpRefusal?> AdmitAnonymousAsync(McpExchange exchange)
    {
        var route = exchange.Route;
        var caller = route.Anonymous;
        var tenant = await tenants.FindAsync(route.Tenant, exchange.Http.RequestAborted);
        if (tenant.Status == TenantStatus.Active && networks.Admits(exchange.Http, caller, tenant))
        {
            exchange.Caller = caller;
            exchange.Tenant = tenant;
            var definition = servers.Fresh(route)
                ?? (await servers.AskAsync(route, exchange.Context(), exchange.Http.RequestAborted)).Definition;
            if (definition?.Access.Kind == ServerAccessKind.Public)
            {
                return null;
            }
        }

        return RefuseAnonymous(exchange, tenant);
    }

    private McpRefusal RefuseAnonymous(McpExchange exchange, TenantSnapshot tenant)
    {
        var route = exchange.Route;
        audit.Refused(exchange.Http, route.Tenant, tenant.Status, $"server/{route.Server}", "absent");
        return Unauthenticated(Challenge.Absent(route.ResourceMetadata));
    }

    private static McpRefusal Unauthenticated(string challenge) =>
        new(StatusCodes.Status401Unauthorized, McpErrorCodes.InvalidRequest, "A valid credential is needed.")
        {
            Challenge = challenge,
        };
}
