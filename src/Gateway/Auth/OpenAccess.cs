using System.Net;
using Microsoft.AspNetCore.Http;

namespace Smcp.Auth;

/// <summary>
/// Without identity, everybody who reaches the port may use the tenant <c>default</c>: so only this machine may reach
/// it, unless the
/// operator says otherwise in so many words.
/// </summary>
public static class OpenAccess
{
    /// <summary>Why these URLs may not be served openly; null when they may.</summary>
    public static string? Refusal(IEnumerable<string> urls, bool unsafeOpen)
    {
        if (unsafeOpen)
        {
            return null;
        }

        foreach (var url in urls)
        {
            if (!IsLoopback(BindingAddress.Parse(url)))
            {
                return $"{url} can be reached from other machines, and callers are not authenticated yet. "
                    + "Bind to 127.0.0.1, or pass --unsafe-open if everyone who can reach it may use it.";
            }
        }

        return null;
    }

    private static bool IsLoopback(BindingAddress address) =>
        address.IsUnixPipe
        || string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));
}
