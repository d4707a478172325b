using Smcp.Identity;

namespace Smcp.Auth;

/// <summary>Who a credential speaks for.</summary>
internal sealed record Caller(TenantId Tenant, PrincipalId Principal, IReadOnlyList<string> Scopes);
