using Smcp.Pages;

namespace Smcp.Login;

/// <summary>Logging out.</summary>
internal sealed class LogoutPage(BrowserSessions sessions) : IPage
{
    public const string Location = "/logout";

    public string Path => Location;

    public async ValueTask<PageAnswer> GetAsync(PageExchange exchange) =>
        await sessions.FindLeavingAsync(exchange) is { } user ? Ask(exchange, user) : Done();

    public async ValueTask<PageAnswer> PostAsync(PageExchange exchange)
    {
        if (!exchange.IsOurs(Location))
        {
            return Stale.Page;
        }

        await sessions.EndAsync(exchange);
        return PageAnswer.GoTo(Location);
    }

    private static PageAnswer Ask(PageExchange exchange, LoggedIn user) => PageAnswer.Show("Log out", Html.Of(
        $"""
        <h1>Log out</h1>
        <p class="lead">You are logged in to {user.Tenant.ToString()} as <strong>{user.User.Name}</strong>.</p>
        {Parts.Form(Location, exchange.Browser.TokenFor(Location), Html.Of(
            $"""<div class="actions">{Parts.Button("Log out")}<a class="quiet" href="/account">Stay</a></div>"""))}
        """));

    private static PageAnswer Done() => PageAnswer.Show("Logged out", Html.Of(
        $"""
        <h1>You are logged out</h1>
        <p class="lead">Apps that you connected before stay connected.</p>
        <p><a href="{LoginPage.Location}">Log in again</a></p>
        """));
}
