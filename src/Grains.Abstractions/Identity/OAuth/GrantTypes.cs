namespace Smcp.Identity.OAuth;

/// <summary>The grant types that are served (RFC 6749, RFC 7591 section 2).</summary>
public static class GrantTypes
{
    public const string AuthorizationCode = "authorization_code";
    public const string RefreshToken = "refresh_token";
    public const string ClientCredentials = "client_credentials";
}
