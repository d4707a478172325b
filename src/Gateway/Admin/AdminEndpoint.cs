using Microsoft.AspNetCore.Http;
using Smcp.Admin.OpenApi;
using Smcp.Auth;
using Smcp.Network;
using Smcp.Protocol;

namespace Smcp.Admin;

/// <summary>
/// The administration API, <c>/api/v1</c>: finds who asks and for what, and answers whatever goes wrong. Beside the
/// stations of MCP; a request for a server never comes here.
/// </summary>
internal sealed class AdminEndpoint(
    RequestDelegate next,
    AdminRoutes routes,
    AdminAuthentication authentication,
    AdminDesk desk,
    AdminWriter writer,
    AdminFailures failures,
    OpenApiDocument document,
    RequestSlots slots)
{
    private static readonly AdminProblem Busy = new(
        StatusCodes.Status503ServiceUnavailable, "busy", "Too many requests are in work.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    public Task InvokeAsync(HttpContext context) =>
        context.Request.Path.Value?.StartsWith(AdminRoutes.Prefix + "/", StringComparison.Ordinal) == true
            ? ServeAsync(context)
            : next(context);

    private async Task ServeAsync(HttpContext context)
    {
        if (!slots.TryTake())
        {
            await writer.WriteAsync(context, Busy);
            return;
        }

        try
        {
            if (context.Request.Path == OpenApiDocument.Path && HttpMethods.IsGet(context.Request.Method))
            {
                // What can be done is no secret; doing it is.
                context.Response.ContentType = "application/json";
                await context.Response.Body.WriteAsync(document.Bytes, context.RequestAborted);
            }
            else if (await AdmitAsync(context) is { } problem)
            {
                await writer.WriteAsync(context, problem);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (BadHttpRequestException exception)
        {
            await writer.WriteAsync(
                context, new AdminProblem(exception.StatusCode, "invalid", "The request is not valid HTTP."));
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            await writer.WriteAsync(context, failures.ProblemOf(context, exception));
        }
        finally
        {
            slots.Release();
        }
    }

    /// <summary>Null when it was answered.</summary>
    private async ValueTask<AdminProblem?> AdmitAsync(HttpContext context)
    {
        var (caller, refusal) = await authentication.AuthenticateAsync(context);
        if (caller is null)
        {
            return refusal;
        }

        var path = context.Request.Path.Value![AdminRoutes.Prefix.Length..];
        var (route, values, allow) = routes.Find(context.Request.Method, path);
        if (route is null)
        {
            return allow is null
                ? AdminProblem.NoRoute
                : new AdminProblem(StatusCodes.Status405MethodNotAllowed, "method", "This cannot be done here.")
                {
                    Allow = allow,
                };
        }

        var terms = TenantAuthentication.ContextOf(caller, McpRevision.AssumedWithoutHeader, context, default);
        return await desk.ServeAsync(context, route, values, terms);
    }
}
