using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Smcp.Admin;
using Smcp.Auth;
using Smcp.Identity;
using Smcp.Network;
using Smcp.Protocol;
using Smcp.Security.Access;
using Smcp.Security.Audit;

namespace Smcp.Operators;

/// <summary>
/// Lets operators alone through to <see cref="OperatorPages"/>, by what lets them through to the API. They only read.
/// </summary>
internal sealed class OperatorGate(
    RequestDelegate next,
    IEnumerable<OperatorPages> pages,
    AdminAuthentication authentication,
    AdminWriter writer,
    AdminFailures failures,
    IAuditTrail trail,
    RequestSlots slots,
    IOptions<AuthOptions> options)
{
    /// <summary>Pages that others wrote: they run their own script, and speak to this address alone.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly AdminProblem Busy = new(
        StatusCodes.Status503ServiceUnavailable, "busy", "Too many requests are in work.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    private static readonly AdminProblem OnlyRead = new(
        StatusCodes.Status405MethodNotAllowed, "method", "This cannot be done here.")
    {
        Allow = "GET, HEAD",
    };

    private readonly OperatorPages[] _pages = [.. pages];

    /// <summary>
    /// By the path, in whatever case, as routes are found by; and by what the endpoint says of itself, should a route
    /// be found by another path.
    /// </summary>
    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<OperatorPages>() is not null
        || Array.Exists(
            _pages, page => context.Request.Path.StartsWithSegments(page.Path, StringComparison.OrdinalIgnoreCase))
            ? ServeAsync(context)
            : next(context);

    private async Task ServeAsync(HttpContext context)
    {
        Protect(context.Response.Headers);
        if (!slots.TryTake())
        {
            await writer.WriteAsync(context, Busy);
            return;
        }

        try
        {
            if (await RefusalAsync(context) is { } problem)
            {
                await writer.WriteAsync(context, problem);
                return;
            }

            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
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

    private bool IsClosed(PathString path) => Array.Exists(
        _pages, page => page.Closed.Any(
            part => path.StartsWithSegments(page.Path + part, StringComparison.OrdinalIgnoreCase)));

    private async ValueTask<AdminProblem?> RefusalAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            return OnlyRead;
        }

        BasicCredential.TakeFor(context.Request, options.Value.CredentialLengthMax);
        var (caller, refused) = await authentication.AuthenticateAsync(context);
        if (caller is null)
        {
            return refused! with
            {
                Challenge = refused.Status == StatusCodes.Status401Unauthorized ? BasicCredential.Challenge : null,
            };
        }

        var terms = TenantAuthentication.ContextOf(caller, McpRevision.AssumedWithoutHeader, context, default);
        var decision = AccessRules.Operate(terms, TenantId.Platform, writes: false, AdminAreas.Cluster);
        if (decision.IsAllowed)
        {
            return IsClosed(context.Request.Path) ? AdminProblem.NoRoute : null;
        }

        trail.Record(
            AuditEvent.Of(terms, AuditActions.AccessDenied, AuditOutcome.Denied, AdminAreas.Cluster) with
            {
                Reason = decision.Reason,
            });
        return AdminProblem.Of(decision.Fault!, namedVersion: false);
    }

    private static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }
}
