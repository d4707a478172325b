using Smcp.Pages;

namespace Smcp.Admin.OpenApi;

/// <summary>What can be done, for people: a list of the routes, without a script.</summary>
internal sealed class DocsPage(AdminRoutes routes) : IPage
{
    public string Path => AdminRoutes.Prefix + "/docs";

    public ValueTask<PageAnswer> GetAsync(PageExchange exchange) => new(PageAnswer.Show("Administration API", Html.Of(
        $"""
        <h1>Administration API</h1>
        <p class="lead">All paths are below {AdminRoutes.Prefix}. Requests carry an API key, or an access token, as
        <code>Authorization: Bearer</code>.</p>
        <p>The same as a document: <a href="{OpenApiDocument.Path}">openapi.json</a>.</p>
        <dl>{routes.All.Select(Describe)}</dl>
        """)));

    public ValueTask<PageAnswer> PostAsync(PageExchange exchange) => GetAsync(exchange);

    private static Html Describe(AdminRoute route) => Html.Of(
        $"""
        <dt id="{route.Name}"><code>{route.Method} {route.Path}</code></dt>
        <dd>{route.Summary}{Needs(route)}</dd>
        """);

    private static Html Needs(AdminRoute route) => route.NeedsVersion
        ? Html.Of($" Needs <code>If-Match</code>.")
        : Html.Empty;
}
