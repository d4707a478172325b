using Smcp.Wire;

namespace Smcp.Identity.OAuth;

/// <summary>How a client proves at the token endpoint who it is (RFC 7591 section 2).</summary>
[Wire("oauth-client-authentication", 2)]
public enum ClientAuthentication
{
    /// <summary>Not at all: a public client, which PKCE protects.</summary>
    None = 0,

    /// <summary>By its secret, in the Authorization header.</summary>
    SecretBasic = 1,

    /// <summary>By its secret, in the body.</summary>
    SecretPost = 2,

    /// <summary>By a token that it signs with its own key (RFC 7523).</summary>
    PrivateKeyJwt = 3,
}
