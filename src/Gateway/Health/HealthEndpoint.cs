using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Smcp.Health;

/// <summary>
/// <c>/health/live</c> says that the process runs, <c>/health/ready</c> whether it wants requests. Before the guards,
/// as a balancer asks by an address of its own; so the answers tell nothing but that.
/// </summary>
internal sealed class HealthEndpoint(RequestDelegate next, IEnumerable<IReadiness> readiness)
{
    private const string Live = "/health/live";
    private const string Ready = "/health/ready";

    private readonly IReadiness[] _readiness = [.. readiness];

    public Task InvokeAsync(HttpContext context) => context.Request.Path.Value switch
    {
        Live => AnswerAsync(context, null),
        Ready => AnswerAsync(context, _readiness.Select(r => r.Problem).FirstOrDefault(problem => problem is not null)),
        _ => next(context),
    };

    private static Task AnswerAsync(HttpContext context, string? problem)
    {
        var response = context.Response;
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers[HeaderNames.Allow] = "GET, HEAD";
            return Task.CompletedTask;
        }

        response.StatusCode = problem is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        response.Headers[HeaderNames.CacheControl] = "no-store";
        response.ContentType = "text/plain; charset=utf-8";
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.WriteAsync(problem ?? "ok");
    }
}
