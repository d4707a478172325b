using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Security.Encryption;

/// <summary>How keys stand, of all or of one tenant; or why that is not said, or not changed.</summary>
[Wire("encryption-outcome", 1)]
public sealed record EncryptionOutcome
{
    public KeyStatus? Status { get; init; }

    public TenantKeys? Tenant { get; init; }

    public McpFault? Fault { get; init; }
}
