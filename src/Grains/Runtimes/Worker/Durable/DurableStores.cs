using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Servers;

namespace Smcp.Runtimes.Worker.Durable;

/// <summary>Makes what processes keep their Durable Objects in.</summary>
internal sealed class DurableStores(
    DurableOwners owners, IOptions<WorkerRuntimeOptions> options, ILogger<DurableStore> logger)
{
    /// <summary>One for a process of this; null where it has no Durable Objects.</summary>
    public DurableStore? Create(WorkerPlan plan) => plan.HasDurableObjects
        ? new DurableStore(
            new ServerKey(plan.Tenant, plan.Server),
            plan.Data.Objects,
            owners,
            options.Value.DurableObjectsMax,
            logger)
        : null;
}
