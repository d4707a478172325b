using System.ComponentModel.DataAnnotations;

namespace Smcp.Network.Forwarding;

/// <summary>Which proxies are believed when they say whom they speak for.</summary>
internal sealed class ForwardingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Smcp:Gateway:Network:Forwarding";

    /// <summary>
    /// Addresses and networks (CIDR) of the proxies in front. The headers of anybody else are ignored. Default: none.
    /// </summary>
    public IList<string> KnownProxies { get; } = [];

    /// <summary>
    /// The header that the proxies write: <c>XForwarded</c> or <c>Forwarded</c> (RFC 7239). The other one, which they
    /// may pass through as a client sent it, is ignored. Default: XForwarded.
    /// </summary>
    [EnumDataType(typeof(ForwardedHeaderKind))]
    public ForwardedHeaderKind Header { get; set; } = ForwardedHeaderKind.XForwarded;

    /// <summary>
    /// Whether the host that a proxy names is taken for the host that was asked; only for proxies that always write it.
    /// Default: false.
    /// </summary>
    public bool TakeHost { get; set; }

    /// <summary>How many proxies one behind the other are believed. Default: 4.</summary>
    [Range(1, 32)]
    public int HopsMax { get; set; } = 4;
}
