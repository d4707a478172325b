using Microsoft.AspNetCore.Http;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Login;
using Smcp.OAuth.Authorize;
using Smcp.Pages;
using Smcp.Servers;

namespace Smcp.Connections;

/// <summary>Where authorization servers send browsers back.</summary>
internal sealed class ConnectReturnPage(IGrainLocator grains, BrowserSessions sessions) : IPage
{
    public const string Location = "/connect/return";

    private const string Own = "own";
    private const string OfServer = "server";

    private static readonly PageAnswer NotLoggedIn = PageAnswer.Refuse(
        "You are not logged in", "The connection was not made. Log in, and begin again.",
        StatusCodes.Status403Forbidden);

    public string Path => Location;

    /// <summary>
    /// What is sent through the authorization server. It says where to look; only that connection knows whether it was
    /// sent, by whom, and with which browser.
    /// </summary>
    public static string StateOf(ConnectLink link, string token) =>
        $"{link.Key.Tenant}.{link.Key.Server}.{(link.IsOfServer ? OfServer : Own)}.{token}";

    public async ValueTask<PageAnswer> GetAsync(PageExchange exchange)
    {
        var query = new AuthorizeQuery(exchange.Query);
        if (query[AuthorizeQuery.State] is not { } state
            || state.Split('.') is not [var tenantText, var serverText, Own or OfServer, _]
            || !TenantId.TryParse(tenantText, null, out var tenant)
            || !ServerId.TryParse(serverText, null, out var server))
        {
            return Stale.Page;
        }

        if (await sessions.FindAsync(exchange, tenant) is not { } user)
        {
            return NotLoggedIn;
        }

        // The connection is that of who is logged in now, whatever came back.
        PrincipalId? owner = state.Split('.')[2] == Own ? user.User.Id.Principal : null;
        var made = await grains
            .Locate<IConnectionGrain>(new ConnectionKey(tenant, server, owner).ToString())
            .CompleteAsync(
                user.ContextOf(exchange),
                new ConnectionReturn
                {
                    State = state,
                    Browser = exchange.Browser.Secret,
                    Code = query["code"],
                    Issuer = query["iss"],
                },
                exchange.Aborted);
        return made.Fault is { } fault ? ConnectView.Refused(fault) : ConnectView.Done(made);
    }

    public ValueTask<PageAnswer> PostAsync(PageExchange exchange) => ValueTask.FromResult(Stale.Page);
}
