using Smcp.Identity;

namespace Smcp.Auth;

/// <summary>
/// The <c>WWW-Authenticate</c> of a refused request (RFC 6750 section 3; RFC 9728 section 5.1; 2025-11-25
/// authorization, "Scope Challenge Handling").
/// </summary>
internal static class Challenge
{
    /// <summary>Nothing was shown: no error code, which is for requests that tried (RFC 6750 section 3.1).</summary>
    public static string Absent(string metadata) =>
        $"Bearer resource_metadata=\"{metadata}\", scope=\"{McpScopes.Tools}\"";

    public static string Invalid(string metadata) =>
        $"Bearer error=\"invalid_token\", error_description=\"The credential is not valid here.\", "
        + $"resource_metadata=\"{metadata}\", scope=\"{McpScopes.Tools}\"";

    /// <summary>The same for the administration, which takes another scope.</summary>
    public static string AbsentAdmin(string metadata) =>
        $"Bearer resource_metadata=\"{metadata}\", scope=\"{McpScopes.Admin}\"";

    public static string InvalidAdmin(string metadata) =>
        $"Bearer error=\"invalid_token\", error_description=\"The credential is not valid here.\", "
        + $"resource_metadata=\"{metadata}\", scope=\"{McpScopes.Admin}\"";

    public static string Insufficient(string metadata, string scope) =>
        $"Bearer error=\"insufficient_scope\", error_description=\"The credential's scopes do not cover this.\", "
        + $"scope=\"{scope}\", resource_metadata=\"{metadata}\"";
}
