namespace Smcp.Identity.OAuth;

/// <summary>The kinds of texts that say where their grant is; also what a secret scanner looks for.</summary>
public static class GrantSecrets
{
    /// <summary>An authorization code.</summary>
    public const string Code = "smcpc";

    /// <summary>A refresh token.</summary>
    public const string Refresh = "smcpr";
}
