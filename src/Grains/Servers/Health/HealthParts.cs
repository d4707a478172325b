using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Security.Audit;

namespace Smcp.Servers.Health;

/// <summary>What a server's grain needs to know how its instances are.</summary>
internal sealed class HealthParts(
    IEngineFailures failures, IAuditTrail trail, IOptions<HealthOptions> options, ILogger<ServerRoster> logger)
{
    public IAuditTrail Trail => trail;

    public HealthOptions Options => options.Value;

    public ILogger Logger => logger;

    public ServerRoster RosterOf(IActivationContext activation) => new(activation, failures, options.Value, logger);
}
