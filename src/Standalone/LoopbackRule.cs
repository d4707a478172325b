using Smcp.Network.Binding;

namespace Smcp;

/// <summary>
/// Until callers have an identity, everybody who reaches the socket is let in; so it is bound where only this machine's
/// users reach it. What holds from then on is <see cref="OpenBinding"/>'s to say.
/// </summary>
internal static class LoopbackRule
{
    private const string UrlsKey = "urls";
    private const string EndpointsKey = "Kestrel:Endpoints";

    /// <summary>One sentence when an address is open to other machines and that was not asked for.</summary>
    public static string? Problem(IConfiguration configuration) => new OpenBinding
    {
        Urls = [.. Addresses(configuration)],
        HasIdentity = false,
        PublicUrl = configuration["Smcp:Gateway:PublicUrls:0"],
        RequireTls = configuration.GetValue(StandaloneConfiguration.RequireTlsKey, defaultValue: true),
        UnsafeOpen = configuration.GetValue<bool>(StandaloneOptions.Key(nameof(StandaloneOptions.UnsafeOpen))),
    }.Problem();

    private static IEnumerable<string> Addresses(IConfiguration configuration) =>
        (configuration[UrlsKey] ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Concat(configuration.GetSection(EndpointsKey).GetChildren().Select(e => e["Url"]).OfType<string>());
}
