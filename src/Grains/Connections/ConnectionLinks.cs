using Microsoft.Extensions.Options;

namespace Smcp.Connections;

/// <summary>The links that lead people to the page where they connect.</summary>
internal sealed class ConnectionLinks(IOptions<ConnectionOptions> options, IPublicAddress? address = null)
{
    private string? Origin => options.Value.PublicUrl is { } named
        ? new Uri(named).GetLeftPart(UriPartial.Authority)
        : address?.Origin;

    /// <summary>
    /// The link for a principal, or for who administers the server; null where nobody said where we are.
    /// </summary>
    public string? For(ConnectionKey key) => Origin is { } origin ? origin + PathOf(key) : null;

    private static string PathOf(ConnectionKey key) =>
        $"/connect?tenant={key.Tenant}&server={key.Server}&for={Uri.EscapeDataString(key.Owner)}";
}
