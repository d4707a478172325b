using Smcp.Wire;

namespace Smcp.Identity.OAuth;

/// <summary>An authorization code, or why there is none.</summary>
[Wire("oauth-code-issue", 1)]
public sealed record CodeIssue
{
    /// <summary>The code for the client: single use, 60 seconds.</summary>
    public string? Code { get; init; }

    public TokenRefusal? Refusal { get; init; }
}
