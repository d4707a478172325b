namespace Smcp.Identity.OAuth.Grants;

/// <summary>Which scopes a token may have: what was asked for, as far as the principal's roles go.</summary>
internal static class ScopeRules
{
    /// <summary>
    /// The scopes asked for that the permissions allow. Where that is none, the most that the asked ones imply and the
    /// permissions allow: who asks for administration and may only use tools gets tools, and is told so.
    /// </summary>
    public static IReadOnlyList<string> Reduce(IReadOnlyList<string> asked, IReadOnlyList<string> permissions)
    {
        var allowed = McpScopes.All.Where(scope => IsAllowed(scope, permissions)).ToList();
        IReadOnlyList<string> kept = [.. allowed.Where(asked.Contains)];
        return kept.Count > 0
            ? kept
            : [.. allowed.Where(scope => McpScopes.Cover(asked, scope)).TakeLast(1)];
    }

    private static bool IsAllowed(string scope, IReadOnlyList<string> permissions) => scope switch
    {
        McpScopes.Read => HasAny(permissions, Permissions.Use),
        McpScopes.Tools => HasAny(permissions, Permissions.Tool),
        McpScopes.Admin => HasAny(permissions, Permissions.AdminRead) || HasAny(permissions, Permissions.AdminWrite)
            || HasAny(permissions, Permissions.PlatformRead) || HasAny(permissions, Permissions.PlatformWrite),
        _ => false,
    };

    /// <summary>Whether the action is granted on any object at all.</summary>
    private static bool HasAny(IReadOnlyList<string> permissions, string action) =>
        permissions.Any(granted =>
            granted.IndexOf(':', StringComparison.Ordinal) is > 0 and var at
            && Permission.Covers(granted, action, granted.AsSpan(at + 1)));
}
