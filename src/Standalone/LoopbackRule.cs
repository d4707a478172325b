using System.Net;

namespace Smcp;

/// <summary>
/// Until callers have an identity, everybody who reaches the socket is let in; so it is bound where only this machine's
/// users reach it.
/// </summary>
internal static class LoopbackRule
{
    private const string UrlsKey = "urls";
    private const string EndpointsKey = "Kestrel:Endpoints";

    /// <summary>One sentence when an address is open to other machines and that was not asked for.</summary>
    public static string? Problem(IConfiguration configuration) =>
        configuration.GetValue<bool>(StandaloneOptions.Key(nameof(StandaloneOptions.UnsafeOpen)))
            ? null
            : Addresses(configuration).FirstOrDefault(a => !IsLoopback(a)) is { } open
                ? $"{open} is reachable from other machines, and Smcp lets everybody in who reaches it; "
                    + "listen on 127.0.0.1, or say --unsafe-open if something in front asks who calls."
                : null;

    private static IEnumerable<string> Addresses(IConfiguration configuration) =>
        (configuration[UrlsKey] ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Concat(configuration.GetSection(EndpointsKey).GetChildren().Select(e => e["Url"]).OfType<string>());

    private static bool IsLoopback(string address)
    {
        try
        {
            var host = BindingAddress.Parse(address).Host.Trim('[', ']');
            return string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
                || IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip);
        }
        catch (FormatException)
        {
            // Not an address at all: the server says so, in its own words, when it binds.
            return true;
        }
    }
}
