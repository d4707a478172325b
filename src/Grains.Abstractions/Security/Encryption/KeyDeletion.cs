using Smcp.Identity;
using Smcp.Wire;

namespace Smcp.Security.Encryption;

/// <summary>A tenant's keys of one generation, and all before, were destroyed.</summary>
[Wire("key-deletion", 1)]
public sealed record KeyDeletion
{
    public required TenantId Tenant { get; init; }

    public required int Generation { get; init; }

    public DateTimeOffset At { get; init; }
}
