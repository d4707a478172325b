using System.Net;

namespace Smcp.Nodes;

/// <summary>
/// Until callers have an identity, everybody who reaches the socket is let in; so a node of the cluster listens on
/// loopback only.
/// </summary>
internal static class OpenAddress
{
    public const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>The addresses to listen on.</summary>
    public static IReadOnlyList<string> UrlsOf(IConfiguration configuration) =>
        (configuration["urls"] ?? DefaultUrl).Split(';');

    /// <summary>One sentence when an address can be reached from other machines.</summary>
    public static string? Problem(IEnumerable<string> urls) =>
        urls.FirstOrDefault(url => !IsLoopback(BindingAddress.Parse(url).Host)) is { } open
            ? $"{open} can be reached from other machines, and callers are not authenticated yet. Bind to 127.0.0.1."
            : null;

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
