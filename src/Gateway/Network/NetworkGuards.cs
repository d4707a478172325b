using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Smcp.Mcp.Answers;
using Smcp.Protocol;

namespace Smcp.Network;

// :: 2 network: bytes to a bounded request, from an address, a host and an origin that may ask, with a correlation id.
internal sealed class NetworkGuards(
    RequestDelegate next,
    IEnumerable<INetworkGuard> guards,
    NetworkMeter meter,
    RefusalLog log,
    IOptions<NetworkOptions> options)
{
    private readonly INetworkGuard[] _guards = [.. guards];

    public Task InvokeAsync(HttpContext context)
    {
        CorrelationId.Attach(context);
        foreach (var guard in _guards)
        {
            if (guard.Check(context) is { } refusal)
            {
                log.Refused(context.TraceIdentifier, refusal.Reason);
                meter.Refused(refusal.Reason);
                return RefuseAsync(context, refusal);
            }
        }

        if (!CorsHeaders.IsPreflight(context.Request) || context.Request.Headers.Origin.Count == 0)
        {
            return next(context);
        }

        CorsHeaders.AnswerPreflight(context, options.Value.PreflightMaxAge);
        return Task.CompletedTask;
    }

    private static Task RefuseAsync(HttpContext context, NetworkRefusal refusal)
    {
        context.Response.Headers.Vary = HeaderNames.Origin;
        var answer = new McpRefusal(refusal.Status, McpErrorCodes.InvalidRequest, refusal.Message)
        {
            RetryAfter = refusal.RetryAfter,
            Limit = refusal.Limit,
        };
        return JsonAnswer.RefuseAsync(context, answer, default);
    }
}
