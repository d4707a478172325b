using Smcp.Identity;
using Smcp.Pages;

namespace Smcp.Login;

/// <summary>Logging in without being sent by a client.</summary>
internal sealed class LoginPage(LoginDesk desk, LoginView view, BrowserSessions sessions) : IPage
{
    public const string Location = "/login";

    private const string TenantQuery = "tenant";

    public string Path => Location;

    public async ValueTask<PageAnswer> GetAsync(PageExchange exchange) =>
        await sessions.FindAsync(exchange) is not null
            ? PageAnswer.GoTo(AccountPage.Location)
            : await view.ShowAsync(exchange, TermsOf(exchange), fault: null);

    public async ValueTask<PageAnswer> PostAsync(PageExchange exchange)
    {
        if (!exchange.IsOurs(Location))
        {
            return await view.ShowAsync(exchange, TermsOf(exchange), Stale.Fault);
        }

        var (user, fault) = await desk.TryAsync(exchange, TenantOf(exchange));
        return user is null
            ? await view.ShowAsync(exchange, TermsOf(exchange), fault)
            : PageAnswer.GoTo(AccountPage.Location);
    }

    private static LoginTerms TermsOf(PageExchange exchange)
    {
        var tenant = TenantOf(exchange);
        return new LoginTerms
        {
            Action = tenant is { } known ? $"{Location}?{TenantQuery}={known}" : Location,
            Purpose = Location,
            Tenant = tenant,
        };
    }

    private static TenantId? TenantOf(PageExchange exchange) =>
        exchange.Query[TenantQuery] is [var text] && TenantId.TryParse(text, null, out var tenant) ? tenant : null;
}
