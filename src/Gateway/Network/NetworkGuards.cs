using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Smcp.Mcp.Answers;
using Smcp.Protocol;

namespace Smcp.Network;

// :: 2 network: bytes to a bounded request, of a host and an origin that may ask, with a correlation id.
internal sealed partial class NetworkGuards(
    RequestDelegate next,
    HostAllowList hosts,
    OriginPolicy origins,
    IOptions<NetworkOptions> options,
    ILogger<NetworkGuards> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        CorrelationId.Attach(context);
        if (!hosts.Allows(context.Request.Host))
        {
            HostRefused(context.TraceIdentifier);
            return RefuseAsync(
                context, "This host name is not served here. A public URL or allowed host must name it.");
        }

        var origin = context.Request.Headers.Origin;
        if (origin.Count == 0)
        {
            return next(context);
        }

        if (origin.Count > 1 || !origins.Allows(origin[0]!, context))
        {
            OriginRefused(context.TraceIdentifier);
            return RefuseAsync(context, "Pages of this origin may not call here.");
        }

        CorsHeaders.Allow(context, origin[0]!);
        if (!CorsHeaders.IsPreflight(context.Request))
        {
            return next(context);
        }

        CorsHeaders.AnswerPreflight(context, options.Value.PreflightMaxAge);
        return Task.CompletedTask;
    }

    private static Task RefuseAsync(HttpContext context, string message)
    {
        context.Response.Headers.Vary = HeaderNames.Origin;
        return JsonAnswer.RefuseAsync(
            context, new McpRefusal(StatusCodes.Status403Forbidden, McpErrorCodes.InvalidRequest, message), default);
    }
}
