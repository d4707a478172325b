using Smcp.Identity;
using Smcp.Runtimes.Worker.Configuring;
using Smcp.Servers;

namespace Smcp.Runtimes.Worker;

/// <summary>What each process of a deployed worker is started from. Secrets are asked for anew with each.</summary>
internal sealed record WorkerPlan
{
    public required TenantId Tenant { get; init; }

    public required ServerId Server { get; init; }

    public required ServerSettings Settings { get; init; }

    public required IReadOnlyList<WorkerModule> Modules { get; init; }

    public required ServerData Data { get; init; }

    public required WorkerLimits Limits { get; init; }

    /// <summary>Takes what its processes write for people, line by line.</summary>
    public Action<string> Wrote { get; init; } = static _ => { };

    public bool HasDurableObjects => Settings.Worker is { DurableObjects.Count: > 0 };
}
