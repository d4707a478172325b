using Microsoft.AspNetCore.Http;
using Smcp.Identity;
using Smcp.Identity.OAuth;
using Smcp.Login;
using Smcp.Pages;
using Smcp.Servers;

namespace Smcp.OAuth.Authorize;

/// <summary>
/// The consent page (MCP security best practices, "Consent UI Requirements"): who asks, for what, of whom, and where
/// the answer goes. What a client says of itself is shown as such.
/// </summary>
internal static class ConsentView
{
    private const int NameLengthMax = 64;

    /// <summary>What a client calls itself, short enough not to push the rest out of sight.</summary>
    public static string NameOf(OAuthClient client) => NameOf(client.Name);

    public static string NameOf(string? client) => client switch
    {
        null or "" => "An app without a name",
        { Length: > NameLengthMax } name => name[..NameLengthMax] + "…",
        var name => name,
    };

    /// <summary>The server that a resource is; null for the administration.</summary>
    public static string? ServerOf(string resource) =>
        resource.Split('/') is [.., "s", var server, "mcp"] ? server : null;

    /// <summary>
    /// The page; <paramref name="offered"/> are the servers to pick from, where the client names none.
    /// </summary>
    public static PageAnswer Show(
        PageExchange exchange,
        WaitingRequest waiting,
        LoggedIn user,
        IReadOnlyList<ServerId> offered,
        string? problem)
    {
        var client = waiting.Client;
        var isPicked = waiting.Request.Resource is null;
        var allow = isPicked && offered.Count == 0
            ? Html.Empty
            : Parts.Button("Allow", ConsentPage.DecisionField, ConsentPage.Approve);
        var form = Parts.Form(
            ConsentPage.Location, exchange.Browser.TokenFor(ConsentPage.PurposeOf(waiting.Key.Id)), Html.Of(
                $"""
                {Parts.Hidden(AuthorizeDesk.RequestField, waiting.Key.Id)}
                {(isPicked ? ServerPicker.Show(offered, exchange.Field(ConsentPage.ServerField)) : Html.Empty)}
                <div class="actions">
                {allow}
                <button type="submit" class="secondary" name="{ConsentPage.DecisionField}" value="{ConsentPage.Deny}"
                formnovalidate>Do not allow</button>
                </div>
                """));
        var body = Html.Of(
            $"""
            <div class="badge-line">{Badge(client)}</div>
            <h1>Connect <bdi>{NameOf(client)}</bdi>?</h1>
            {Parts.Alert(problem)}
            <p class="lead">It will be able to:</p>
            <ul class="scopes">{Scopes(waiting.Request.Scopes, client)}</ul>
            {Facts(waiting, user)}
            {Warning(waiting)}
            {form}
            <p class="hint">Logged in as <strong>{user.User.Name}</strong>.
            <a href="{LogoutPage.Location}">Not you?</a></p>
            """);
        return PageAnswer.Show(
            problem is null ? "Connect an app" : "Error: Connect an app", body,
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static Html Badge(OAuthClient client) => client.Source == ClientSource.Tenant
        ? Html.Of($"""<span class="badge badge-good">Registered by your organization</span>""")
        : Html.Of($"""<span class="badge badge-warn">Unverified app</span>""");

    /// <summary>
    /// What the scopes mean; and that the client stays connected, whenever it gets refresh tokens, asked for or not.
    /// </summary>
    private static IEnumerable<Html> Scopes(IReadOnlyList<string> scopes, OAuthClient client) =>
        McpScopes.All.Where(scope => McpScopes.Cover(scopes, scope))
            .Concat(client.GrantTypes.Contains(GrantTypes.RefreshToken) ? [McpScopes.OfflineAccess] : [])
            .Select(scope => Html.Of($"<li>{WordsFor(scope)}</li>"));

    private static string WordsFor(string scope) => scope switch
    {
        McpScopes.Read => "See what the server offers, and read its resources and prompts",
        McpScopes.Tools => "Use its tools, which may change things in your name",
        McpScopes.Admin => "Administer your organization, as far as your roles go",
        McpScopes.OfflineAccess => "Stay connected while you are away, until you or an administrator ends it",
        _ => scope,
    };

    private static Html Facts(WaitingRequest waiting, LoggedIn user)
    {
        var client = waiting.Client.Id.IsDocument
            ? Html.Of($"<dt>Published by</dt><dd>{new Uri(waiting.Client.Id.ToString()).Authority}</dd>")
            : Html.Empty;
        return Html.Of(
            $"""
            <dl class="facts">
            <dt>Organization</dt><dd>{user.Tenant.ToString()}</dd>
            {Server(waiting.Request)}
            {client}
            <dt>You return to</dt><dd>{waiting.Target.Host}</dd>
            </dl>
            """);
    }

    private static Html Server(AuthorizationRequest request) => request switch
    {
        { Resource: null } => Html.Empty,
        { Tenant: null } => Html.Of($"<dt>Access to</dt><dd>Administration</dd>"),
        _ => Html.Of($"<dt>Server</dt><dd>{ServerOf(request.Resource!)}</dd>"),
    };

    private static Html Warning(WaitingRequest waiting)
    {
        if (waiting.Target.IsLocal)
        {
            return Html.Of(
                $"""
                <div class="note">This app runs on your own computer, where any program can use this name. Allow it
                only if you just started connecting it yourself.</div>
                """);
        }

        return waiting.Client.Source == ClientSource.Tenant
            ? Html.Empty
            : Html.Of(
                $"""
                <div class="note">Nobody here has checked this app. Allow it only if you know and trust
                <strong>{waiting.Target.Host}</strong>.</div>
                """);
    }
}
