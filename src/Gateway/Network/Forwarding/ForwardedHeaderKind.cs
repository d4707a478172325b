namespace Smcp.Network.Forwarding;

/// <summary>The header in which proxies say whom they speak for.</summary>
internal enum ForwardedHeaderKind
{
    /// <summary>X-Forwarded-For, X-Forwarded-Proto and X-Forwarded-Host.</summary>
    XForwarded,

    /// <summary>Forwarded (RFC 7239).</summary>
    Forwarded,
}
