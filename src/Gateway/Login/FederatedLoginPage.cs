using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Smcp.Auth;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Identity.Federation;
using Smcp.OAuth.Authorize;
using Smcp.Pages;

namespace Smcp.Login;

/// <summary>The button that leads to the organization's own log-in.</summary>
internal sealed class FederatedLoginPage(
    IGrainLocator grains,
    TenantDoor door,
    CanonicalUrls urls,
    AuthorizeDesk desk,
    FederationStarts starts,
    IOptions<LoginOptions> options) : IPage
{
    public const string Location = "/login/organization";
    public const string TenantField = "tenant";
    public const string RequestField = "request";

    private const string Impossible = "Log-in is not possible now";

    private const int StateBytes = 32;

    public string Path => Location;

    public ValueTask<PageAnswer> GetAsync(PageExchange exchange) => ValueTask.FromResult(Stale.Page);

    public async ValueTask<PageAnswer> PostAsync(PageExchange exchange)
    {
        if (!exchange.IsOurs(Location) || !TenantId.TryParse(exchange.Field(TenantField), null, out var tenant))
        {
            return Stale.Page;
        }

        var request = exchange.Field(RequestField);
        if (await CheckAsync(exchange, tenant, request) is { } refusal)
        {
            return refusal;
        }

        var entrance = await door.TryAsync(exchange.Http, tenant);
        if (entrance == TenantEntrance.Closed)
        {
            return NotFromHere.Page;
        }

        // One that is not there is answered as one that has no log-in of its own.
        var outcome = entrance == TenantEntrance.Absent
            ? FederationOutcome.NotConfigured
            : await grains.Locate<IFederationGrain>(tenant.ToString()).BeginAsync(
                new FederationStart
                {
                    // The tenant in front says where to look; only that tenant's grain has the attempt.
                    State = $"{tenant}.{RandomText.Token(StateBytes)}",
                    Browser = exchange.Browser.Secret,
                    RedirectUri = urls.Issuer + FederatedReturnPage.Location,
                    Request = request.Length > 0 ? request : null,
                },
                exchange.Aborted);
        return outcome.Location is { } location
            ? PageAnswer.GoTo(location)
            : PageAnswer.Refuse(Impossible, outcome.Fault!.Message);
    }

    /// <summary>
    /// Anybody can send this form, and what begins is kept: only an app's own request, and not too often.
    /// </summary>
    private async ValueTask<PageAnswer?> CheckAsync(PageExchange exchange, TenantId tenant, string request)
    {
        if (request.Length > options.Value.RequestLengthMax)
        {
            return PageAnswer.Refuse(Impossible, "What the app asks for is too long.");
        }

        if (!starts.TryAdd(exchange.Address, out var wait))
        {
            return new DocumentAnswer(
                Impossible,
                Parts.Problem(Impossible, "Too many log-ins were begun from here."),
                StatusCodes.Status429TooManyRequests)
            {
                RetryAfter = wait,
            };
        }

        if (request.Length == 0)
        {
            return null;
        }

        var (asked, refusal) = await desk.ReadAsync(exchange, request);
        return asked is null ? refusal
            : asked.Tenant != tenant ? Stale.Page
            : null;
    }
}
