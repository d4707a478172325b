using Microsoft.AspNetCore.Http;
using Smcp.Login;
using Smcp.Mcp;
using Smcp.Pages;

namespace Smcp.Connections;

/// <summary>What people see who connect an account: who asks, of whom, for what, and where they go.</summary>
internal static class ConnectView
{
    private const int ScopesShownMax = 50;

    public static PageAnswer Show(PageExchange exchange, ConnectLink link, LoggedIn user, ConnectionOutcome asked)
    {
        var issuer = HostOf(asked.Issuer!);
        var form = Parts.Form(link.Location, exchange.Browser.TokenFor(ConnectPage.PurposeOf(link)), Html.Of(
            $"""<div class="actions">{Parts.Button($"Continue to {issuer}")}</div>"""));
        return PageAnswer.Show("Connect an account", Html.Of(
            $"""
            <h1>Connect <bdi>{link.Key.Server.ToString()}</bdi> to <bdi>{HostOf(asked.Endpoint!)}</bdi>?</h1>
            <p class="lead">{Lead(link)}</p>
            {Scopes(asked.Scopes)}
            <dl class="facts">
            <dt>Organization</dt><dd>{link.Key.Tenant.ToString()}</dd>
            <dt>Server</dt><dd>{link.Key.Server.ToString()}</dd>
            <dt>It is at</dt><dd>{HostOf(asked.Endpoint!)}</dd>
            <dt>You go on to</dt><dd>{issuer}</dd>
            </dl>
            <div class="note">Go on only if you want this yourself. Whoever sent you a link cannot use what you
            connect, and should not need you to.</div>
            {form}
            <p class="hint">Logged in as <strong>{user.User.Name}</strong>.
            <a href="{LogoutPage.Location}">Not you?</a></p>
            """));
    }

    public static PageAnswer Done(ConnectionOutcome made) => PageAnswer.Show("Connected", Html.Of(
        $"""
        <div class="badge-line"><span class="badge badge-good">Connected</span></div>
        <h1><bdi>{HostOf(made.Endpoint!)}</bdi> is connected</h1>
        <p class="lead">You can go back to your app, and try again what you were doing.</p>
        <p><a href="{AccountPage.Location}">Your account</a> shows what is connected, and ends it.</p>
        """));

    public static PageAnswer Refused(McpFault fault) => PageAnswer.Refuse(
        "This cannot be connected", fault.Message, fault.Reason switch
        {
            FaultReason.NotFound => StatusCodes.Status404NotFound,
            FaultReason.Forbidden or FaultReason.InsufficientScope => StatusCodes.Status403Forbidden,
            FaultReason.Unavailable => StatusCodes.Status502BadGateway,
            _ => StatusCodes.Status400BadRequest,
        });

    public static string HostOf(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Authority : url;

    private static Html Lead(ConnectLink link) => link.IsOfServer
        ? Html.Of(
            $"""
            Everybody who may use this server will use the account that you log in to there, and act in its name.
            """)
        : Html.Of($"The server will act there in your name, and for you only.");

    private static Html Scopes(IReadOnlyList<string> scopes) => scopes.Count == 0
        ? Html.Of($"""<p>What it may do there, you are told there.</p>""")
        : Html.Of(
            $"""
            <p>It will ask for:</p>
            <ul class="scopes">{scopes.Take(ScopesShownMax).Select(Scope)}</ul>
            """);

    private static Html Scope(string scope) => Html.Of($"<li><bdi>{scope}</bdi></li>");
}
