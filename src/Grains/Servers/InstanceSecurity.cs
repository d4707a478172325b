using Smcp.Security.Access;
using Smcp.Security.Encryption;

namespace Smcp.Servers;

/// <summary>What an instance guards its callers with.</summary>
/// <param name="Sealer">Seals what clients hold.</param>
/// <param name="Audit">Records who was refused what.</param>
internal sealed record InstanceSecurity(ISealer Sealer, AccessAudit Audit);
