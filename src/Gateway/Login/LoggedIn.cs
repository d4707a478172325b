using Smcp.Identity;
using Smcp.Identity.Users;
using Smcp.Pages;
using Smcp.Protocol;

namespace Smcp.Login;

/// <summary>A user whose browser is logged in.</summary>
internal sealed record LoggedIn(TenantId Tenant, UserStanding User)
{
    /// <summary>The terms on which the user acts by a page: in person, so with every scope.</summary>
    public CallContext ContextOf(PageExchange exchange) => new()
    {
        Tenant = Tenant,
        Principal = User.Id.Principal,
        Scopes = McpScopes.All,
        Roles = User.Roles,
        Permissions = User.Permissions,
        Credential = "browser",
        Address = exchange.Address,
        Revision = McpRevision.V20260728.Value,
        CorrelationId = exchange.CorrelationId,
    };
}
