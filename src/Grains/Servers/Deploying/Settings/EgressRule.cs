using System.Globalization;
using System.Net;

namespace Smcp.Servers.Deploying.Settings;

/// <summary>How a place that a server may connect to is written: <c>host:port</c>.</summary>
internal static class EgressRule
{
    private const string Below = "*.";

    /// <summary>
    /// A name in ASCII, maybe with all below it, and a port. No address: what an address is
    /// reached by is decided where it is connected to, and a rule must not seem to allow an internal one.
    /// </summary>
    public static bool IsValid(string rule)
    {
        var colon = rule.LastIndexOf(':');
        if (colon < 1
            || !ushort.TryParse(rule[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port == 0)
        {
            return false;
        }

        var host = rule.StartsWith(Below, StringComparison.Ordinal) ? rule[Below.Length..colon] : rule[..colon];
        return host.Length <= 253 && !IPAddress.TryParse(host, out _)
            && host.Split('.').All(IsLabel);
    }

    private static bool IsLabel(string label) =>
        label is { Length: >= 1 and <= 63 } && label[0] != '-' && label[^1] != '-'
        && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
