using Smcp.Wire;

namespace Smcp.Tenants;

/// <summary>From where a tenant may be reached. Deny wins; an empty allow list allows all.</summary>
[Wire("tenant-network", 1)]
public sealed record TenantNetwork
{
    /// <summary>Networks that may connect, in CIDR notation (RFC 4632). Default: all.</summary>
    public IReadOnlyList<string> Allow { get; init; } = [];

    /// <summary>Networks that may not.</summary>
    public IReadOnlyList<string> Deny { get; init; } = [];

    /// <summary>Countries that may connect, ISO 3166-1 alpha-2. Default: all.</summary>
    public IReadOnlyList<string> AllowCountries { get; init; } = [];

    /// <summary>Countries that may not.</summary>
    public IReadOnlyList<string> DenyCountries { get; init; } = [];
}
