namespace Smcp.Identity;

/// <summary>
/// The OAuth scopes of an MCP server and of the administration. Each implies the ones before it (2026-07-28
/// authorization, "Servers MUST account for scope hierarchies").
/// </summary>
public static class McpScopes
{
    /// <summary>Everything but calling tools: initialize, the lists, resources, prompts.</summary>
    public const string Read = "mcp:read";

    /// <summary>Calling tools, and all of <see cref="Read"/>.</summary>
    public const string Tools = "mcp:tools";

    /// <summary>The administration of the tenant, and all of <see cref="Tools"/>.</summary>
    public const string Admin = "mcp:admin";

    /// <summary>A refresh token (OpenID Connect Core section 11). Never named in metadata or challenges.</summary>
    public const string OfflineAccess = "offline_access";

    /// <summary>The scopes of servers, least first.</summary>
    public static IReadOnlyList<string> All { get; } = [Read, Tools, Admin];

    /// <summary>
    /// Whether scopes that were granted cover one that is needed: the same or a wider one. One that is not of these is
    /// covered by itself alone.
    /// </summary>
    public static bool Cover(IReadOnlyList<string> granted, string needed)
    {
        var rank = RankOf(needed);
        for (var i = 0; i < granted.Count; i++)
        {
            if (rank < 0 ? granted[i] == needed : RankOf(granted[i]) >= rank)
            {
                return true;
            }
        }

        return false;
    }

    private static int RankOf(string scope) => scope switch
    {
        Read => 0,
        Tools => 1,
        Admin => 2,
        _ => -1,
    };
}
