using Smcp.Engine;
using Smcp.Login;
using Smcp.Mcp;
using Smcp.Pages;

namespace Smcp.Connections;

/// <summary>
/// Where people connect their account at a server elsewhere. The link names whose connection it is, and only they can
/// use it: what somebody connects must never be another's, who sent them the link.
/// </summary>
internal sealed class ConnectPage(
    IGrainLocator grains, CanonicalUrls urls, BrowserSessions sessions, LoginDesk login, LoginView view) : IPage
{
    public const string Location = "/connect";

    private const int StateBytes = 32;

    private static readonly PageAnswer Incomplete = PageAnswer.Refuse(
        "This link is not complete", "Please take the whole link that your app shows.");

    private static readonly McpFault OtherPerson = new(
        FaultReason.Forbidden,
        "This link is for somebody else. Do not connect an account by a link that another person sent you.");

    public string Path => Location;

    public static string PurposeOf(ConnectLink link) => $"{Location} {link.Key}";

    public async ValueTask<PageAnswer> GetAsync(PageExchange exchange)
    {
        if (ConnectLink.Read(exchange) is not { } link)
        {
            return Incomplete;
        }

        if (await sessions.FindAsync(exchange, link.Key.Tenant) is not { } user)
        {
            return await view.ShowAsync(exchange, TermsOf(link), fault: null);
        }

        if (!IsFor(link, user))
        {
            return ConnectView.Refused(OtherPerson);
        }

        var asked = await GrainOf(link).PrepareAsync(user.ContextOf(exchange), exchange.Aborted);
        return asked.Fault is { } fault
            ? ConnectView.Refused(fault)
            : ConnectView.Show(exchange, link, user, asked);
    }

    public async ValueTask<PageAnswer> PostAsync(PageExchange exchange)
    {
        if (ConnectLink.Read(exchange) is not { } link)
        {
            return Incomplete;
        }

        if (!exchange.IsOurs(PurposeOf(link)))
        {
            return Stale.Page;
        }

        if (await sessions.FindAsync(exchange, link.Key.Tenant) is not { } user)
        {
            var (entered, problem) = await login.TryAsync(exchange, link.Key.Tenant);
            return entered is null
                ? await view.ShowAsync(exchange, TermsOf(link), problem)
                : PageAnswer.GoTo(link.Location);
        }

        if (!IsFor(link, user))
        {
            return ConnectView.Refused(OtherPerson);
        }

        var begun = await GrainOf(link).BeginAsync(
            user.ContextOf(exchange),
            new ConnectionStart
            {
                RedirectUri = urls.Issuer + ConnectReturnPage.Location,
                Document = ClientDocumentEndpoint.LocationOf(urls),
                State = ConnectReturnPage.StateOf(link, RandomText.Token(StateBytes)),
                Browser = exchange.Browser.Secret,
            },
            exchange.Aborted);
        return begun.Location is { } location ? PageAnswer.GoTo(location) : ConnectView.Refused(begun.Fault!);
    }

    private static bool IsFor(ConnectLink link, LoggedIn user) =>
        link.IsOfServer || link.Key.Principal == user.User.Id.Principal;

    private static LoginTerms TermsOf(ConnectLink link) => new()
    {
        Action = link.Location,
        Purpose = PurposeOf(link),
        Tenant = link.Key.Tenant,
        Reason = Html.Of(
            $"""
            <p class="lead">The server <strong>{link.Key.Server.ToString()}</strong> needs an account elsewhere. You can
            look at what it asks for before you connect it.</p>
            """),
    };

    private IConnectionGrain GrainOf(ConnectLink link) => grains.Locate<IConnectionGrain>(link.Key.ToString());
}
