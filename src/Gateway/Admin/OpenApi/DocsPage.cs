using System.Text.Json.Serialization.Metadata;
using Smcp.Pages;

namespace Smcp.Admin.OpenApi;

/// <summary>What can be done, for people: the routes by what they are about, without a script.</summary>
internal sealed class DocsPage(AdminRoutes routes) : IPage
{
    public const string Location = AdminRoutes.Prefix + "/docs";

    public string Path => Location;

    public ValueTask<PageAnswer> GetAsync(PageExchange exchange)
    {
        var groups = routes.All.GroupBy(SubjectOf).ToList();
        var body = Html.Of(
            $"""
            <h1>Administration API</h1>
            <p class="lead">All paths are below <code>{AdminRoutes.Prefix}</code>. Requests carry an API key, or an
            access token, as <code>Authorization: Bearer</code>, with the scope <code>mcp:admin</code>. The same as a
            document: <a href="{OpenApiDocument.Path}">openapi.json</a></p>
            <nav class="jump" aria-label="Subjects">{groups.Select(group => Link(group.Key))}</nav>
            {groups.Select(Section)}
            """);
        return new(new DocumentAnswer("Administration API", body, 200) { IsWide = true });
    }

    public ValueTask<PageAnswer> PostAsync(PageExchange exchange) => GetAsync(exchange);

    /// <summary>What a route is about: what a tenant has, or the tenants, which is what is done to one too.</summary>
    private static string SubjectOf(AdminRoute route) =>
        route.Segments.Length < 3 || (route.Segments.Length == 3 && route is { Method: "POST", Body: null })
            ? route.Segments[0]
            : route.Segments[2];

    private static Html Link(string subject) => Html.Of($"""<a href="#{subject}">{TitleOf(subject)}</a> """);

    private static Html Section(IGrouping<string, AdminRoute> group) => Html.Of(
        $"""
        <section id="{group.Key}">
        <h2>{TitleOf(group.Key)}</h2>
        <ul class="routes">{group.Select(Describe)}</ul>
        </section>
        """);

    private static Html Describe(AdminRoute route) => Html.Of(
        $"""
        <li id="{route.Name}">
        <p class="route"><span class="method">{route.Method}</span> <code>{route.Segments.Select(Step)}</code></p>
        <p>{route.Summary}{Needs(route)}</p>
        {Takes(route)}
        </li>
        """);

    /// <summary>A long path is broken where a segment begins.</summary>
    private static Html Step(string segment) => Html.Of($"<wbr>/{segment}");

    private static Html Needs(AdminRoute route) => route.NeedsVersion
        ? Html.Of($" Needs <code>If-Match</code>.")
        : Html.Empty;

    /// <summary>The members of the body, and the parameters of the query.</summary>
    private static Html Takes(AdminRoute route)
    {
        var query = route.Query.Concat(route.IsPaged ? ["limit", "after"] : []).Select(name => $"?{name}");
        Html[] taken =
        [
            .. MembersOf(route.Body).Select(Member),
            .. query.Select(name => Html.Of($"<code>{name}</code> ")),
        ];
        return taken.Length == 0 ? Html.Empty : Html.Of($"""<p class="takes">Takes {taken}</p>""");
    }

    private static IEnumerable<JsonPropertyInfo> MembersOf(Type? body) =>
        body is null ? [] : AdminJson.Options.GetTypeInfo(body).Properties;

    private static Html Member(JsonPropertyInfo member) => Html.Of(
        $"<code>{member.Name}</code>{(IsRequired(member) ? " (required) " : " ")}");

    private static bool IsRequired(JsonPropertyInfo member) =>
        member.IsRequired || member.AssociatedParameter is { HasDefaultValue: false, IsNullable: false };

    private static string TitleOf(string subject) =>
        string.Concat(char.ToUpperInvariant(subject[0]).ToString(), subject.AsSpan(1));
}
