using Smcp.Identity;
using Smcp.Servers;

namespace Smcp.OAuth;

/// <summary>A resource of ours: a server, or (without tenant and server) the administration.</summary>
internal sealed record ResourceUri(string Canonical, TenantId? Tenant, ServerId? Server);
