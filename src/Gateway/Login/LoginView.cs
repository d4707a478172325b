using Microsoft.AspNetCore.Http;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Pages;

namespace Smcp.Login;

/// <summary>The log-in form.</summary>
internal static class LoginView
{
    /// <summary>The form; without a known tenant it asks for it.</summary>
    public static PageAnswer Show(PageExchange exchange, LoginTerms terms, McpFault? fault)
    {
        var tenant = terms.Tenant is { } known
            ? Html.Empty
            : Parts.Text(
                LoginDesk.TenantField, "Organization", "organization", exchange.Field(LoginDesk.TenantField),
                isFirst: true);
        var form = Parts.Form(terms.Action, exchange.Browser.TokenFor(terms.Purpose), Html.Of(
            $"""
            {terms.Hidden}
            {tenant}
            {Parts.Text(LoginDesk.NameField, "Name or e-mail", "username", exchange.Field(LoginDesk.NameField),
                isFirst: terms.Tenant is not null)}
            {Parts.Password(LoginDesk.PasswordField, "Password", "current-password")}
            <div class="actions">{Parts.Button("Log in")}</div>
            """));
        var body = Html.Of(
            $"""
            <h1>Log in{Where(terms.Tenant)}</h1>
            {terms.Reason}
            {Parts.Alert(ProblemOf(fault))}
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
        _ => StatusCodes.Status400BadRequest,
    };

    private static Html Where(TenantId? tenant) =>
        tenant is { } known ? Html.Of($" to {known.ToString()}") : Html.Empty;

    private static string Words(TimeSpan wait) => wait.TotalSeconds <= 60
        ? $"{Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))} seconds"
        : $"{(int)Math.Ceiling(wait.TotalMinutes)} minutes";
}
