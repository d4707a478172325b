using Microsoft.AspNetCore.Http;
using Smcp.Auth;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Identity.Users;
using Smcp.Mcp;
using Smcp.Pages;

namespace Smcp.Login;

/// <summary>Where an invitation leads: the user sets their password.</summary>
internal sealed class InvitationPage(IGrainLocator grains, TenantDoor door, BrowserSessions sessions) : IPage
{
    public const string Location = "/invitation";

    private const string TenantField = "tenant";
    private const string TokenField = "token";
    private const string PasswordField = "new_password";

    private const string VoidTitle = "This invitation is not valid";

    private static readonly PageAnswer Void = PageAnswer.Show(
        VoidTitle,
        Html.Of(
            $"""
            {Parts.Problem(
                VoidTitle,
                "It was used already, or is older than it may be. An administrator of your organization can send a "
                + "new one.")}
            <p class="hint">Set it already? <a href="{LoginPage.Location}">Log in</a></p>
            """),
        StatusCodes.Status400BadRequest);

    public string Path => Location;

    public async ValueTask<PageAnswer> GetAsync(PageExchange exchange)
    {
        var tenant = exchange.Query[TenantField].ToString();
        var token = exchange.Query[TokenField].ToString();
        return await RefusalAsync(exchange, tenant) is { } refusal ? refusal
            : await OpenAsync(exchange, tenant, token) is var (_, user)
            ? Show(exchange, (tenant, token), user, fault: null)
            : Void;
    }

    public async ValueTask<PageAnswer> PostAsync(PageExchange exchange)
    {
        var tenant = exchange.Field(TenantField);
        var token = exchange.Field(TokenField);
        if (!exchange.IsOurs(Location))
        {
            return Stale.Page;
        }

        if (await RefusalAsync(exchange, tenant) is { } refusal)
        {
            return refusal;
        }

        if (await OpenAsync(exchange, tenant, token) is not var (grain, user))
        {
            return Void;
        }

        var change = new PasswordChange { Proof = SecretOf(token), Password = exchange.Field(PasswordField) };
        var outcome = await grain.AcceptInvitationAsync(change, exchange.Aborted);
        if (outcome.Fault is not null)
        {
            return Show(exchange, (tenant, token), user, outcome.Fault);
        }

        await sessions.BeginAsync(exchange, TenantId.Parse(tenant), outcome);
        return PageAnswer.GoTo(AccountPage.Location);
    }

    private async ValueTask<PageAnswer?> RefusalAsync(PageExchange exchange, string tenantText) =>
        !TenantId.TryParse(tenantText, null, out var tenant)
            ? Void
            : await door.TryAsync(exchange.Http, tenant) switch
            {
                TenantEntrance.Open => null,
                TenantEntrance.Closed => NotFromHere.Page,
                _ => Void,
            };

    private async ValueTask<(IUserGrain Grain, UserSummary User)?> OpenAsync(
        PageExchange exchange, string tenantText, string token)
    {
        if (!TenantId.TryParse(tenantText, null, out var tenant)
            || !UserId.TryParse(token.Split('.')[0], null, out var id))
        {
            return null;
        }

        var grain = grains.Locate<IUserGrain>(new UserKey(tenant, id).ToString());
        return await grain.PeekInvitationAsync(SecretOf(token), exchange.Aborted) is { } user ? (grain, user) : null;
    }

    private static string SecretOf(string token) => token[(token.IndexOf('.', StringComparison.Ordinal) + 1)..];

    private static PageAnswer Show(
        PageExchange exchange, (string Tenant, string Token) invitation, UserSummary user, McpFault? fault)
    {
        var form = Parts.Form(Location, exchange.Browser.TokenFor(Location), Html.Of(
            $"""
            {Parts.Hidden(TenantField, invitation.Tenant)}
            {Parts.Hidden(TokenField, invitation.Token)}
            <input type="hidden" name="username" autocomplete="username" value="{user.LoginName.ToString()}">
            {Parts.Password(PasswordField, "New password", "new-password", isFirst: true)}
            {Parts.PasswordHint}
            <div class="actions">{Parts.Button("Set password")}</div>
            """));
        var body = Html.Of(
            $"""
            <h1>Welcome to {invitation.Tenant}</h1>
            <p class="lead">Set a password for <strong>{user.LoginName.ToString()}</strong>.</p>
            {Parts.Alert(LoginView.ProblemOf(fault))}
            {form}
            """);
        return PageAnswer.Show(
            fault is null ? "Set your password" : "Error: Set your password", body, LoginView.StatusOf(fault));
    }
}
