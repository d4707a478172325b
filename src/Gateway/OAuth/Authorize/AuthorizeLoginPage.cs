using Smcp.Login;
using Smcp.Pages;

namespace Smcp.OAuth.Authorize;

/// <summary>Logging in for a client's request.</summary>
internal sealed class AuthorizeLoginPage(AuthorizeDesk desk, LoginDesk login) : IPage
{
    private const string Location = "/authorize/login";

    public string Path => Location;

    public static LoginTerms TermsOf(WaitingRequest waiting) => new()
    {
        Action = Location,
        Purpose = PurposeOf(waiting.Key.Id),
        Tenant = waiting.Tenant,
        Request = waiting.Key.Id,
        Reason = Html.Of(
            $"""
            <p class="lead"><strong>{ConsentView.NameOf(waiting.Client)}</strong> wants to connect. You can look
            at what it asks for before you agree.</p>
            """),
    };

    public ValueTask<PageAnswer> GetAsync(PageExchange exchange) => ValueTask.FromResult(Stale.Page);

    public async ValueTask<PageAnswer> PostAsync(PageExchange exchange)
    {
        var name = exchange.Field(AuthorizeDesk.RequestField);
        if (!exchange.IsOurs(PurposeOf(name)) || await desk.FindAsync(exchange, name) is not { } waiting)
        {
            return Stale.Page;
        }

        var (user, fault) = await login.TryAsync(exchange, waiting.Tenant);
        return user is null
            ? await desk.ShowLoginAsync(exchange, waiting, fault)
            : PageAnswer.GoTo($"{ContinuePage.Location}?{AuthorizeDesk.RequestField}={waiting.Key.Id}");
    }

    private static string PurposeOf(string name) => $"{Location} {name}";
}
