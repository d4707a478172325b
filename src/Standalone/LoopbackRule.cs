using Smcp.Network.Binding;
using Smcp.Servers;

namespace Smcp;

/// <summary>
/// Where this process may listen, as <see cref="OpenBinding"/> says it of the configuration, and whether the servers
/// that came with it are there for everybody: where only this machine's users reach the socket.
/// </summary>
internal static class LoopbackRule
{
    private const string UrlsKey = "urls";
    private const string EndpointsKey = "Kestrel:Endpoints";
    private const string AccessKey = "Smcp:CSharp:Access";

    /// <summary>One sentence when an address is open to other machines and may not be.</summary>
    public static string? Problem(IConfiguration configuration) => BindingOf(configuration).Problem();

    /// <summary>Whether everybody who reaches the socket may be let in.</summary>
    public static bool MayServeAnybody(IConfiguration configuration) =>
        (BindingOf(configuration) with { HasIdentity = false }).Problem() is null;

    private static OpenBinding BindingOf(IConfiguration configuration) => new()
    {
        Urls = [.. Addresses(configuration)],
        HasIdentity = true,
        ServesAnonymous = string.Equals(
            configuration[AccessKey], nameof(ServerAccessKind.Public), StringComparison.OrdinalIgnoreCase),
        PublicUrl = configuration["Smcp:Gateway:PublicUrls:0"],
        RequireTls = configuration.GetValue(StandaloneConfiguration.RequireTlsKey, defaultValue: true),
        UnsafeOpen = configuration.GetValue<bool>(StandaloneOptions.Key(nameof(StandaloneOptions.UnsafeOpen))),
    };

    private static IEnumerable<string> Addresses(IConfiguration configuration) =>
        (configuration[UrlsKey] ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Concat(configuration.GetSection(EndpointsKey).GetChildren().Select(e => e["Url"]).OfType<string>());
}
