using System.Globalization;

namespace Smcp.Network.Egress.Proxying;

/// <summary>A host by its name, and a port.</summary>
internal readonly record struct EgressPlace(string Host, int Port)
{
    private const int HostLengthMax = 253;

    /// <summary>
    /// Reads <c>host:port</c>. A host is a name, of letters, digits, hyphens, underscores and dots; or what looks like
    /// one, such as an address: no rule allows those. Capitals and the root's dot are left out.
    /// </summary>
    public static EgressPlace? Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? Of(text[..colon], port)
            : null;
    }

    /// <summary>Those of an operator's list; what cannot be read is none.</summary>
    public static HashSet<EgressPlace> AllOf(IEnumerable<string> texts) =>
        [.. texts.Select(Parse).OfType<EgressPlace>()];

    public static EgressPlace? Of(string host, int port)
    {
        var name = host.EndsWith('.') ? host[..^1] : host;
        return port is > 0 and <= 65_535 && name.Length is > 0 and <= HostLengthMax
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? new EgressPlace(name.ToLowerInvariant(), port)
            : null;
    }

    public override string ToString() => $"{Host}:{Port.ToString(CultureInfo.InvariantCulture)}";
}
