using Smcp.Auth;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Identity.Federation;
using Smcp.Pages;

namespace Smcp.Login;

/// <summary>The button that leads to the organization's own log-in.</summary>
internal sealed class FederatedLoginPage(IGrainLocator grains, TenantDoor door, CanonicalUrls urls) : IPage
{
    public const string Location = "/login/organization";
    public const string TenantField = "tenant";
    public const string RequestField = "request";

    private const int StateBytes = 32;

    public string Path => Location;

    public ValueTask<PageAnswer> GetAsync(PageExchange exchange) => ValueTask.FromResult(Stale.Page);

    public async ValueTask<PageAnswer> PostAsync(PageExchange exchange)
    {
        if (!exchange.IsOurs(Location) || !TenantId.TryParse(exchange.Field(TenantField), null, out var tenant))
        {
            return Stale.Page;
        }

        var entrance = await door.TryAsync(exchange.Http, tenant);
        if (entrance != TenantEntrance.Open)
        {
            return entrance == TenantEntrance.Closed ? NotFromHere.Page : Stale.Page;
        }

        var request = exchange.Field(RequestField);
        var outcome = await grains.Locate<IFederationGrain>(tenant.ToString()).BeginAsync(
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
            : PageAnswer.Refuse("Log-in is not possible now", outcome.Fault!.Message);
    }
}
