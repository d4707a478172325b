using Smcp.Auth;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Identity.Users;
using Smcp.Pages;

namespace Smcp.Login;

/// <summary>Who is logged in with a browser.</summary>
internal sealed class BrowserSessions(IGrainLocator grains, TenantDoor door)
{
    /// <summary>
    /// The user; null when nobody is logged in, or only to another tenant than <paramref name="tenant"/>, or to one
    /// that may not be entered from there.
    /// </summary>
    public async ValueTask<LoggedIn?> FindAsync(PageExchange exchange, TenantId? tenant = null) =>
        exchange.Browser.SessionTenant is { } own
        && (tenant is not { } wanted || wanted == own)
        && await door.TryAsync(exchange.Http, own) == TenantEntrance.Open
            ? await ReadAsync(exchange, own)
            : null;

    /// <summary>The user, wherever they are: to log out, nobody has to be let in.</summary>
    public async ValueTask<LoggedIn?> FindLeavingAsync(PageExchange exchange) =>
        exchange.Browser.SessionTenant is { } own && await door.IsThereAsync(exchange.Http, own)
            ? await ReadAsync(exchange, own)
            : null;

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
            if (await door.IsThereAsync(exchange.Http, tenant))
            {
                await Of(tenant, secret).EndAsync(exchange.Aborted);
            }

            exchange.Browser.EndSession();
        }
    }

    private async ValueTask<LoggedIn?> ReadAsync(PageExchange exchange, TenantId tenant) =>
        await Of(tenant, exchange.Browser.SessionSecret!).ReadAsync(exchange.Aborted) is { } user
            ? new LoggedIn(tenant, user)
            : null;

    private IBrowserSessionGrain Of(TenantId tenant, string secret) =>
        grains.Locate<IBrowserSessionGrain>(BrowserSessionKey.Of(tenant, secret).ToString());
}
