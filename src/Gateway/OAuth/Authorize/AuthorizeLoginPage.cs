using Smcp.Login;
using Smcp.Pages;

namespace Smcp.OAuth.Authorize;

/// <summary>Logging in for a client's request.</summary>
internal sealed class AuthorizeLoginPage(AuthorizeDesk desk, LoginDesk login) : IPage
{
    private const string Location = "/authorize/login";

    public string Path => Location;

    public static LoginTerms TermsOf(AskedRequest asked) => new()
    {
        Action = Location,
        Purpose = PurposeOf(asked.Name),
        Tenant = asked.Tenant,
        Request = asked.Name,
        Reason = Html.Of(
            $"""
            <p class="lead"><strong>{ConsentView.NameOf(asked.Client)}</strong> wants to connect. You can look
            at what it asks for before you agree.</p>
            """),
    };

    public ValueTask<PageAnswer> GetAsync(PageExchange exchange) => ValueTask.FromResult(Stale.Page);

    public async ValueTask<PageAnswer> PostAsync(PageExchange exchange)
    {
        var name = exchange.Field(AuthorizeDesk.RequestField);
        if (!exchange.IsOurs(PurposeOf(name)))
        {
            return Stale.Page;
        }

        var (asked, refusal) = await desk.ReadAsync(exchange, name);
        if (asked is null)
        {
            return refusal!;
        }

        var (user, fault) = await login.TryAsync(exchange, asked.Tenant);
        return user is null
            ? await desk.ShowLoginAsync(exchange, asked, fault)
            : PageAnswer.GoTo(AskedRequest.ContinuationOf(name));
    }

    private static string PurposeOf(string name) => $"{Location} {name}";
}
