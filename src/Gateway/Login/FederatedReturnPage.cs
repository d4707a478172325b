using Smcp.Auth;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Identity.Federation;
using Smcp.OAuth.Authorize;
using Smcp.Pages;
using Smcp.Security.Audit;

namespace Smcp.Login;

/// <summary>Where the organization's own log-in sends the browser back.</summary>
internal sealed class FederatedReturnPage(
    IGrainLocator grains, TenantDoor door, CanonicalUrls urls, BrowserSessions sessions, LoginAudit audit) : IPage
{
    public const string Location = "/login/return";

    public string Path => Location;

    public async ValueTask<PageAnswer> GetAsync(PageExchange exchange)
    {
        var query = new AuthorizeQuery(exchange.Query);
        if (query[AuthorizeQuery.State] is not { } state
            || !TenantId.TryParse(state.Split('.')[0], null, out var tenant))
        {
            return Stale.Page;
        }

        // A browser without our cookie gets one by this, whatever becomes of it.
        var back = new FederationReturn
        {
            State = state,
            Browser = exchange.Browser.Secret,
            RedirectUri = urls.Issuer + Location,
            Code = query["code"],
            Issuer = query["iss"],
        };

        // The attempt is kept for a return from elsewhere, as long as it is good.
        var entrance = await door.TryAsync(exchange.Http, tenant);
        if (entrance == TenantEntrance.Closed)
        {
            return NotFromHere.Page;
        }

        // A tenant that is not there is answered as one that sent nobody away.
        var outcome = entrance == TenantEntrance.Absent
            ? FederationOutcome.NoAttempt
            : await grains.Locate<IFederationGrain>(tenant.ToString()).CompleteAsync(back, exchange.Aborted);
        if (outcome.Login is not { } login)
        {
            await audit.FailedAsync(exchange, tenant, outcome.Cause ?? "federation");
            return PageAnswer.Refuse("You are not logged in", outcome.Fault!.Message);
        }

        var user = await sessions.BeginAsync(exchange, tenant, login);
        audit.Done(user.ContextOf(exchange), AuditActions.AuthSuccess);
        return PageAnswer.GoTo(outcome.Request is { } request
            ? AskedRequest.ContinuationOf(request)
            : AccountPage.Location);
    }

    public ValueTask<PageAnswer> PostAsync(PageExchange exchange) => ValueTask.FromResult(Stale.Page);
}
