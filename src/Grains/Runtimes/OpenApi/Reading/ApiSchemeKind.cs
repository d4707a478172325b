namespace Smcp.Runtimes.OpenApi.Reading;

/// <summary>How a credential is shown.</summary>
internal enum ApiSchemeKind
{
    Header,
    Query,
    Cookie,

    /// <summary>RFC 6750.</summary>
    Bearer,

    /// <summary>RFC 7617.</summary>
    Basic,

    /// <summary>A token that is asked for first (RFC 6749 section 4.4).</summary>
    ClientCredentials,
}
