using Smcp.Engine;
using Smcp.Identity;
using Smcp.Identity.Users;
using Smcp.Pages;

namespace Smcp.Login;

/// <summary>Who is logged in with a browser.</summary>
internal sealed class BrowserSessions(IGrainLocator grains)
{
    /// <summary>
    /// The user; null when nobody is logged in, or only to another tenant than <paramref name="tenant"/>.
    /// </summary>
    public async ValueTask<LoggedIn?> FindAsync(PageExchange exchange, TenantId? tenant = null)
    {
        var browser = exchange.Browser;
        if (browser.SessionTenant is not { } own || (tenant is { } wanted && wanted != own))
        {
            return null;
        }

        var user = await Of(own, browser.SessionSecret!).ReadAsync(exchange.Aborted);
        return user is null ? null : new LoggedIn(own, user);
    }

    /// <summary>Logs the user in under a new secret, and ends what the browser had before.</summary>
    public async ValueTask<LoggedIn> BeginAsync(PageExchange exchange, TenantId tenant, LoginOutcome login)
    {
        await EndAsync(exchange);
        var secret = exchange.Browser.RenewSession(tenant);
        await Of(tenant, secret).BeginAsync(login.User!, exchange.Aborted);
        if (login.Device is { } device)
        {
            exchange.Browser.Device = device;
        }

        return new LoggedIn(tenant, login.User!);
    }

    public async ValueTask EndAsync(PageExchange exchange)
    {
        if (exchange.Browser is { SessionTenant: { } tenant, SessionSecret: { } secret })
        {
            await Of(tenant, secret).EndAsync(exchange.Aborted);
            exchange.Browser.EndSession();
        }
    }

    private IBrowserSessionGrain Of(TenantId tenant, string secret) =>
        grains.Locate<IBrowserSessionGrain>(BrowserSessionKey.Of(tenant, secret).ToString());
}
