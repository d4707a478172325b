using Smcp.OAuth;

namespace Smcp.Admin;

/// <summary>All routes, and which one a request is for.</summary>
internal sealed class AdminRoutes(IEnumerable<IAdminResource> resources)
{
    public const string Prefix = ResourceUris.AdminPath;

    public IReadOnlyList<AdminRoute> All { get; } = [.. resources.SelectMany(resource => resource.Routes)];

    /// <summary>
    /// The route and what its parameters are; where only the method is another, the methods that would do; null where
    /// the path is none.
    /// </summary>
    public (AdminRoute? Route, IReadOnlyDictionary<string, string> Values, string? Allow) Find(
        string method, string path)
    {
        var segments = path.Split('/', StringSplitOptions.None)[1..];
        var matched = All.Where(route => Matches(route.Segments, segments)).ToList();
        if (matched.Count == 0)
        {
            return (null, new Dictionary<string, string>(), null);
        }

        // A literal goes before a parameter.
        var route = matched.Where(route => route.Method == method).MinBy(route => route.Parameters.Count());
        var values = route?.Segments
            .Zip(segments)
            .Where(pair => pair.First[0] == '{')
            .ToDictionary(pair => pair.First[1..^1], pair => pair.Second) ?? [];
        var allow = string.Join(", ", matched.Select(other => other.Method).Distinct().Order(StringComparer.Ordinal));
        return (route, values, allow);
    }

    private static bool Matches(string[] template, string[] segments) =>
        template.Length == segments.Length
        && template.Zip(segments).All(
            pair => pair.First[0] == '{' ? pair.Second.Length > 0 : pair.First == pair.Second);
}
