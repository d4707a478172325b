using Smcp.Wire;

namespace Smcp.Identity.OAuth;

/// <summary>Why a client is not registered (RFC 7591 section 3.2.2).</summary>
[Wire("oauth-client-refusal", 1)]
public enum ClientRefusal
{
    InvalidMetadata = 0,
    InvalidRedirectUri = 1,

    /// <summary>Too many of this address, or of all.</summary>
    TooMany = 2,
}
