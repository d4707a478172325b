using Smcp.Wire;

namespace Smcp.Identity.OAuth;

/// <summary>Who vouches for what a client says of itself.</summary>
[Wire("oauth-client-source", 1)]
public enum ClientSource
{
    /// <summary>The administrators of its tenant.</summary>
    Tenant = 0,

    /// <summary>Nobody: it registered itself (RFC 7591).</summary>
    Dynamic = 1,

    /// <summary>The host of its URL: what it is stands in the document there.</summary>
    Document = 2,
}
