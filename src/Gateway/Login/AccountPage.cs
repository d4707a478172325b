using Microsoft.AspNetCore.Http;
using Smcp.Connections;
using Smcp.Engine;
using Smcp.Identity.OAuth;
using Smcp.Identity.Users;
using Smcp.Mcp;
using Smcp.Pages;

namespace Smcp.Login;

/// <summary>
/// The own account: a new password, the apps that may act, the accounts elsewhere, and the end of all browser sessions.
/// </summary>
internal sealed class AccountPage(
    IGrainLocator grains, BrowserSessions sessions, ConnectedAccounts accounts) : IPage
{
    public const string Location = "/account";

    private const string OldField = "old_password";
    private const string NewField = "new_password";
    private const string Action = "do";
    private const string EndAll = "end-all";

    public string Path => Location;

    public async ValueTask<PageAnswer> GetAsync(PageExchange exchange) =>
        await sessions.FindAsync(exchange) is { } user
            ? await ShowAsync(exchange, user, fault: null)
            : PageAnswer.GoTo(LoginPage.Location);

    public async ValueTask<PageAnswer> PostAsync(PageExchange exchange)
    {
        if (await sessions.FindAsync(exchange) is not { } user)
        {
            return PageAnswer.GoTo(LoginPage.Location);
        }

        if (!exchange.IsOurs(Location))
        {
            return Stale.Page;
        }

        return exchange.Field(Action) switch
        {
            EndAll => await EndAllAsync(exchange, user),
            ConnectedApps.Disconnect => await DisconnectAsync(exchange, user),
            ConnectedAccounts.Disconnect => await DisconnectAccountAsync(exchange, user),
            _ => await ChangeAsync(exchange, user),
        };
    }

    private async ValueTask<PageAnswer> EndAllAsync(PageExchange exchange, LoggedIn user)
    {
        await GrainOf(user).EndSessionsAsync(user.ContextOf(exchange), exchange.Aborted);
        exchange.Browser.EndSession();
        return PageAnswer.GoTo(LogoutPage.Location);
    }

    /// <summary>One that is gone already is as it was asked for.</summary>
    private async ValueTask<PageAnswer> DisconnectAsync(PageExchange exchange, LoggedIn user)
    {
        if (GrantId.TryParse(exchange.Field(ConnectedApps.GrantField), null, out var grant))
        {
            await GrantsOf(user).RevokeAsync(user.ContextOf(exchange), grant, exchange.Aborted);
        }

        return PageAnswer.GoTo(Location);
    }

    private async ValueTask<PageAnswer> DisconnectAccountAsync(PageExchange exchange, LoggedIn user)
    {
        await accounts.DisconnectAsync(exchange, user);
        return PageAnswer.GoTo(Location);
    }

    private async ValueTask<PageAnswer> ChangeAsync(PageExchange exchange, LoggedIn user)
    {
        var change = new PasswordChange { Proof = exchange.Field(OldField), Password = exchange.Field(NewField) };
        var outcome = await GrainOf(user).ChangePasswordAsync(user.ContextOf(exchange), change, exchange.Aborted);
        if (outcome.Fault is not null)
        {
            return await ShowAsync(exchange, user, outcome.Fault);
        }

        await sessions.BeginAsync(exchange, user.Tenant, outcome);
        return PageAnswer.Show("Password changed", Html.Of(
            $"""
            <h1>Your password is changed</h1>
            <p class="lead">Every other browser was logged out.</p>
            <p><a href="{Location}">Back to your account</a></p>
            """));
    }

    private async ValueTask<PageAnswer> ShowAsync(PageExchange exchange, LoggedIn user, McpFault? fault)
    {
        var page = await GrantsOf(user).ListAsync(
            user.ContextOf(exchange), after: null, ConnectedApps.ShownMax, exchange.Aborted);
        var token = exchange.Browser.TokenFor(Location);
        var elsewhere = await accounts.ShowAsync(exchange, user, token);
        var change = Parts.Form(Location, token, Html.Of(
            $"""
            {Parts.Password(OldField, "Current password", "current-password")}
            {Parts.Password(NewField, "New password", "new-password")}
            {Parts.PasswordHint}
            <div class="actions">{Parts.Button("Change password")}</div>
            """));
        var end = Parts.Form(Location, token, Html.Of(
            $"""<div class="actions">{Parts.Button("Log out everywhere", Action, EndAll, "secondary")}</div>"""));
        var body = Html.Of(
            $"""
            <h1>{user.User.Name}</h1>
            <p class="lead">Logged in to {user.Tenant.ToString()}. <a href="{LogoutPage.Location}">Log out</a></p>
            <h2>Change password</h2>
            {Parts.Alert(ProblemOf(fault))}
            {change}
            <h2>Connected apps</h2>
            {ConnectedApps.Show(page.Grants, token)}
            {elsewhere}
            <h2>Browsers</h2>
            <p>Log out of every browser, this one too. Connected apps stay.</p>
            {end}
            """);
        return PageAnswer.Show(
            fault is null ? "Your account" : "Error: Your account", body,
            fault is null ? StatusCodes.Status200OK : LoginView.StatusOf(fault));
    }

    /// <summary>Who is logged in gave their name already: only the password can be wrong.</summary>
    private static string? ProblemOf(McpFault? fault) => fault?.Reason == FaultReason.InvalidCredential
        ? "The current password is not right."
        : LoginView.ProblemOf(fault);

    private IUserGrantsGrain GrantsOf(LoggedIn user) =>
        grains.Locate<IUserGrantsGrain>(new UserKey(user.Tenant, user.User.Id).ToString());

    private IUserGrain GrainOf(LoggedIn user) =>
        grains.Locate<IUserGrain>(new UserKey(user.Tenant, user.User.Id).ToString());
}
