using Smcp.Network.Binding;
using Smcp.Servers;

namespace Smcp.Nodes;

/// <summary>Where a node of the cluster may listen, as <see cref="OpenBinding"/> says it.</summary>
internal static class OpenAddress
{
    public const string DefaultUrl = "http://127.0.0.1:8080";

    private const string RequireTlsKey = "Smcp:Gateway:Tls:RequireTls";
    private const string AccessKey = "Smcp:CSharp:Access";

    /// <summary>The addresses to listen on, without those of <c>Kestrel:Endpoints</c>.</summary>
    public static IReadOnlyList<string> UrlsOf(IConfiguration configuration) =>
        (configuration["urls"] ?? DefaultUrl).Split(';', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>One sentence when an address is open to other machines and may not be.</summary>
    public static string? Problem(IConfiguration configuration) => new OpenBinding
    {
        Urls =
        [
            .. UrlsOf(configuration),
            .. configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"]).OfType<string>(),
        ],
        HasIdentity = true,
        ServesAnonymous = string.Equals(
            configuration[AccessKey], nameof(ServerAccessKind.Public), StringComparison.OrdinalIgnoreCase),
        PublicUrl = configuration["Smcp:Gateway:PublicUrls:0"],
        RequireTls = configuration.GetValue(RequireTlsKey, defaultValue: true),
    }.Problem();
}
