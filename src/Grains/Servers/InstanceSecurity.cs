using Microsoft.Extensions.Options;
using Smcp.Security.Access;
using Smcp.Security.Encryption;
using Smcp.Usage;

namespace Smcp.Servers;

/// <summary>What an instance guards its callers with, and counts them by.</summary>
/// <param name="Sealer">Seals what clients hold.</param>
/// <param name="Audit">Records who was refused what.</param>
/// <param name="Usage">How what they use is counted.</param>
internal sealed record InstanceSecurity(ISealer Sealer, AccessAudit Audit, IOptions<UsageOptions> Usage);
