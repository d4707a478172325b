using Smcp.Identity;
using Smcp.OAuth.Authorize;
using Smcp.Pages;
using Smcp.Servers;

namespace Smcp.Connections;

/// <summary>Which connection a link is about: the server's own, or the one of the principal that it names.</summary>
internal sealed record ConnectLink(ConnectionKey Key)
{
    private const string TenantQuery = "tenant";
    private const string ServerQuery = "server";
    private const string OwnerQuery = "for";

    public bool IsOfServer => Key.Principal is null;

    /// <summary>The link as it stands in an address.</summary>
    public string Location =>
        $"{ConnectPage.Location}?{TenantQuery}={Key.Tenant}&{ServerQuery}={Key.Server}"
        + $"&{OwnerQuery}={Uri.EscapeDataString(Key.Owner)}";

    public static ConnectLink? Read(PageExchange exchange)
    {
        var query = new AuthorizeQuery(exchange.Query);
        return TenantId.TryParse(query[TenantQuery], null, out var tenant)
            && ServerId.TryParse(query[ServerQuery], null, out var server)
            && PrincipalId.TryParse(query[OwnerQuery], null, out var owner)
            ? new ConnectLink(ConnectionKey.Of(tenant, server, owner.ToString()))
            : null;
    }
}
