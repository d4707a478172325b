using Microsoft.AspNetCore.Http;
using Smcp.Mcp;
using Smcp.Mcp.Answers;
using Smcp.Network.Forwarding;
using Smcp.Protocol;

namespace Smcp.Quotas;

/// <summary>
/// What a caller who is known may use: asked after station 3 and before any work. Null admits. A principal is asked
/// before its tenant, so that one that floods uses up its own part and not the tenant's.
/// </summary>
internal sealed class RequestQuotas(
    KnownQuotas known, KnownEgress egress, PrincipalsInFlight principals, AddressLimits addresses, QuotaMeter meter)
{
    private static readonly TimeSpan PlaceWait = TimeSpan.FromSeconds(1);

    /// <summary>One request, and its place; whoever was admitted must <see cref="Leave"/>.</summary>
    public async ValueTask<McpRefusal?> EnterAsync(McpExchange exchange)
    {
        if ((await CheckEgressAsync(exchange) ?? await SpendAsync(exchange, 1)) is { } tooMuch)
        {
            return tooMuch;
        }

        var caller = exchange.Caller;
        if (!caller.IsAnonymous)
        {
            if (!principals.TryEnter(caller.Tenant, caller.Principal))
            {
                return Refuse(RateLimitPolicy.AtOneTime("principal-concurrency", principals.Max), PlaceWait);
            }

            exchange.IsCounted = true;
        }

        if (HttpMethods.IsGet(exchange.Http.Request.Method))
        {
            return await TakeStreamAsync(exchange);
        }

        return exchange.Quotas.Concurrency is { } max
            ? await TakeAsync(exchange, known.Concurrency(caller.Tenant), "concurrency", max)
            : null;
    }

    /// <summary>The messages of a batch beyond the first.</summary>
    public ValueTask<McpRefusal?> EnterBatchAsync(McpExchange exchange, int messages) =>
        messages > 1 ? SpendAsync(exchange, messages - 1) : default;

    /// <summary>The session's own rate, once it is known to be the caller's.</summary>
    public async ValueTask<McpRefusal?> EnterSessionAsync(McpExchange exchange)
    {
        if (exchange.Session is not { } session
            || exchange.Quotas.SessionRequestsPerMinute is not { } perMinute)
        {
            return null;
        }

        var cost = exchange.Body.Batch?.Count ?? 1;
        var bucket = known.Requests(exchange.Caller.Tenant, session.Key.Session);
        if (await bucket.SpendAsync(perMinute, cost) is not { } wait)
        {
            return null;
        }

        if (exchange.Quotas.RequestsPerMinute is not null)
        {
            known.Requests(exchange.Caller.Tenant).GiveBack(cost);
        }

        return Refuse(RateLimitPolicy.PerMinute("session", perMinute), wait);
    }

    /// <summary>The request asks for a stream without end: it takes a stream's place, and leaves its own.</summary>
    public async ValueTask<McpRefusal?> TurnToStreamAsync(McpExchange exchange)
    {
        exchange.Slots?.Release();
        exchange.Slots = null;
        return await TakeStreamAsync(exchange);
    }

    /// <summary>
    /// Station 3 refused: who shows nothing asks where to log in; who shows something that is refused may be guessing.
    /// </summary>
    public void Refused(McpExchange exchange, McpRefusal refusal)
    {
        var http = exchange.Http;
        if (refusal.Status == StatusCodes.Status401Unauthorized && http.Request.Headers.Authorization.Count > 0)
        {
            addresses.ChargeFailure(ClientAddress.Of(http).Address);
        }
    }

    public void Leave(McpExchange exchange)
    {
        // Answers say their length; streams are counted as they are sent.
        exchange.Egress?.Add(exchange.Http.Response.ContentLength ?? 0);
        exchange.Slots?.Release();
        exchange.Slots = null;
        if (exchange.IsCounted)
        {
            exchange.IsCounted = false;
            principals.Leave(exchange.Caller.Tenant, exchange.Caller.Principal);
        }
    }

    /// <summary>What a day's quota has left pays for the answer, however long that will be.</summary>
    private async ValueTask<McpRefusal?> CheckEgressAsync(McpExchange exchange)
    {
        if (exchange.Quotas.EgressBytesPerDay is not { } max)
        {
            return null;
        }

        var tally = egress.Of(exchange.Caller.Tenant, exchange.Tenant.Generation);
        if (await tally.CheckAsync(max) is { } wait)
        {
            return Refuse(RateLimitPolicy.BytesPerDay("egress", max), wait);
        }

        exchange.Egress = tally;
        return null;
    }

    private async ValueTask<McpRefusal?> SpendAsync(McpExchange exchange, int cost)
    {
        var caller = exchange.Caller;
        var quotas = exchange.Quotas;
        // Callers without a credential share one name: their addresses are what tells them apart.
        if (quotas.PrincipalRequestsPerMinute is { } ofPrincipal && !caller.IsAnonymous
            && await known.Requests(caller.Tenant, caller.Principal).SpendAsync(ofPrincipal, cost) is { } wait)
        {
            return Refuse(RateLimitPolicy.PerMinute("principal", ofPrincipal), wait);
        }

        return quotas.RequestsPerMinute is { } ofTenant
            && await known.Requests(caller.Tenant).SpendAsync(ofTenant, cost) is { } tenantWait
            ? Refuse(RateLimitPolicy.PerMinute("tenant", ofTenant), tenantWait)
            : null;
    }

    private ValueTask<McpRefusal?> TakeStreamAsync(McpExchange exchange) => exchange.Quotas.Streams is { } max
        ? TakeAsync(exchange, known.Streams(exchange.Caller.Tenant), "streams", max)
        : default;

    private async ValueTask<McpRefusal?> TakeAsync(McpExchange exchange, LeasedSlots slots, string name, long max)
    {
        if (!await slots.TryTakeAsync(max))
        {
            return Refuse(RateLimitPolicy.AtOneTime(name, max), PlaceWait);
        }

        exchange.Slots = slots;
        return null;
    }

    private McpRefusal Refuse(RateLimitPolicy limit, TimeSpan wait)
    {
        meter.Refused(limit.Name);
        return new McpRefusal(
            StatusCodes.Status429TooManyRequests, McpErrorCodes.InternalError, $"Over the {limit.Name} limit.")
        {
            RetryAfter = wait,
            Limit = limit,
        };
    }
}
