using Smcp.Login;
using Smcp.Pages;
using Smcp.Security.Audit;

namespace Smcp.OAuth.Authorize;

/// <summary>
/// Takes what the user decided. A code is made here only: by POST, with the token of a form that this browser was
/// shown, by the user that it was shown to.
/// </summary>
internal sealed class ConsentPage(AuthorizeDesk desk, BrowserSessions sessions, LoginAudit audit) : IPage
{
    public const string Location = "/authorize/consent";
    public const string DecisionField = "decision";
    public const string ServerField = "server";
    public const string Approve = "approve";
    public const string Deny = "deny";

    private static readonly AuthorizeRefusal Denied = new(
        AuthorizeErrors.AccessDenied, "The user did not agree.");

    public string Path => Location;

    public static string PurposeOf(string name) => $"{Location} {name}";

    public ValueTask<PageAnswer> GetAsync(PageExchange exchange) => ValueTask.FromResult(Stale.Page);

    public async ValueTask<PageAnswer> PostAsync(PageExchange exchange)
    {
        var name = exchange.Field(AuthorizeDesk.RequestField);
        if (!exchange.IsOurs(PurposeOf(name)) || await desk.FindAsync(exchange, name) is not { } waiting)
        {
            return Stale.Page;
        }

        if (await sessions.FindAsync(exchange, waiting.Tenant) is not { } user)
        {
            return await desk.ShowLoginAsync(exchange, waiting, fault: null);
        }

        return exchange.Field(DecisionField) switch
        {
            Approve => await ApproveAsync(exchange, waiting, user),
            Deny => await DenyAsync(exchange, waiting, user),
            _ => Stale.Page,
        };
    }

    private ValueTask<PageAnswer> DenyAsync(PageExchange exchange, WaitingRequest waiting, LoggedIn user)
    {
        audit.Done(user.ContextOf(exchange), AuditActions.ConsentRefused, $"client/{waiting.Request.Client}");
        return desk.RefuseAsync(exchange, waiting, Denied);
    }

    private async ValueTask<PageAnswer> ApproveAsync(PageExchange exchange, WaitingRequest waiting, LoggedIn user)
    {
        var resource = waiting.Request.Resource
            ?? await desk.PickAsync(exchange, user, exchange.Field(ServerField));
        return resource is null
            ? await desk.ShowConsentAsync(
                exchange, waiting, user, "There is no such server, or you may not use it.")
            : await desk.GrantAsync(exchange, waiting, user, resource);
    }
}
