using Microsoft.AspNetCore.Http;
using Smcp.Auth;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.OAuth.Authorize;
using Smcp.Pages;
using Smcp.Tenants;

namespace Smcp.Login;

/// <summary>The log-in form.</summary>
internal sealed class LoginView(KnownTenants tenants, TenantDoor door)
{
    /// <summary>
    /// The form; without a known tenant it asks for it. Where the tenant has a log-in of its own, that comes first.
    /// A tenant that is not there has a form like any other.
    /// </summary>
    public async ValueTask<PageAnswer> ShowAsync(PageExchange exchange, LoginTerms terms, McpFault? fault)
    {
        if (terms.Tenant is { } asked && await door.TryAsync(exchange.Http, asked) == TenantEntrance.Closed)
        {
            return NotFromHere.Page;
        }

        var tenant = terms.Tenant is { } known
            ? Html.Empty
            : Html.Of(
                $"""
                {Parts.Text(LoginDesk.TenantField, "Organization", "organization", TenantOf(exchange), isFirst: true)}
                <p class="hint">Its short name, as in the addresses of its servers: /t/<strong>name</strong>/…</p>
                """);
        var form = Parts.Form(terms.Action, exchange.Browser.TokenFor(terms.Purpose), Html.Of(
            $"""
            {Parts.Hidden(AuthorizeDesk.RequestField, terms.Request)}
            {tenant}
            {Parts.Text(LoginDesk.NameField, "Name or e-mail", "username", exchange.Field(LoginDesk.NameField),
                isFirst: terms.Tenant is not null)}
            {Parts.Password(LoginDesk.PasswordField, "Password", "current-password")}
            <div class="actions">{Parts.Button("Log in")}</div>
            """));
        var federation = await FederationAsync(exchange, terms);
        var body = Html.Of(
            $"""
            <h1>Log in{Where(terms.Tenant)}</h1>
            {terms.Reason}
            {Parts.Alert(ProblemOf(fault))}
            {federation}
            {form}
            <p class="hint">Forgot your password? An administrator of your organization can send you a new
            invitation.</p>
            """);
        return new DocumentAnswer(fault is null ? "Log in" : "Error: Log in", body, StatusOf(fault))
        {
            RetryAfter = fault?.RetryAfter,
        };
    }

    /// <summary>What people are told: how long to wait, in the words they would use.</summary>
    public static string? ProblemOf(McpFault? fault) => fault switch
    {
        null => null,
        { RetryAfter: { } wait } => $"{fault.Message} Please try again in {Words(wait)}.",
        _ => fault.Message,
    };

    public static int StatusOf(McpFault? fault) => fault?.Reason switch
    {
        null => StatusCodes.Status200OK,
        FaultReason.LimitExceeded => StatusCodes.Status429TooManyRequests,
        FaultReason.Forbidden when fault == NotFromHere.Fault => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status400BadRequest,
    };

    private async ValueTask<Html> FederationAsync(PageExchange exchange, LoginTerms terms)
    {
        if (terms.Tenant is not { } tenant
            || await tenants.FindAsync(tenant, exchange.Aborted) is not { Status: TenantStatus.Active } known
            || known.Configuration.Federation is not { } federation)
        {
            return Html.Empty;
        }

        var form = Parts.Form(
            FederatedLoginPage.Location, exchange.Browser.TokenFor(FederatedLoginPage.Location), Html.Of(
                $"""
                {Parts.Hidden(FederatedLoginPage.TenantField, tenant.ToString())}
                {Parts.Hidden(FederatedLoginPage.RequestField, terms.Request)}
                <div class="actions">{Parts.Button($"Continue with {federation.DisplayName}")}</div>
                """));
        return Html.Of($"""{form}<p class="or">or</p>""");
    }

    /// <summary>What was typed before; else what a link says, where that can be an organization.</summary>
    private static string TenantOf(PageExchange exchange) =>
        exchange.Field(LoginDesk.TenantField) is { Length: > 0 } typed ? typed
        : exchange.Query[LoginDesk.TenantField] is [var text] && TenantId.TryParse(text, null, out var tenant)
            ? tenant.ToString()
        : string.Empty;

    private static Html Where(TenantId? tenant) =>
        tenant is { } known ? Html.Of($" to {known.ToString()}") : Html.Empty;

    private static string Words(TimeSpan wait) => wait.TotalSeconds <= 60
        ? $"{Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))} seconds"
        : $"{(int)Math.Ceiling(wait.TotalMinutes)} minutes";
}
