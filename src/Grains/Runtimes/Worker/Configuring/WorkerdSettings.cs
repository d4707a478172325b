namespace Smcp.Runtimes.Worker.Configuring;

/// <summary>All that one workerd process is to be: one worker, and what it can reach.</summary>
internal sealed record WorkerdSettings
{
    /// <summary>The worker's modules; the first is the main one.</summary>
    public required IReadOnlyList<WorkerModule> Modules { get; init; }

    /// <summary>Modules of ours, which the worker can import under names with a scheme.</summary>
    public IReadOnlyList<WorkerModule> Library { get; init; } = [];

    /// <summary>The date whose behaviour the worker was written for: <c>yyyy-MM-dd</c>.</summary>
    public required string CompatibilityDate { get; init; }

    public IReadOnlyList<string> CompatibilityFlags { get; init; } = [];

    public IReadOnlyList<WorkerBinding> Bindings { get; init; } = [];

    /// <summary>The unix socket of the bindings that are stored; null where there is none.</summary>
    public string? BindingsAt { get; init; }

    /// <summary>The unix socket of what asks the network for it; null: the worker can reach nothing.</summary>
    public string? EgressAt { get; init; }

    /// <summary>How its Durable Objects are kept; null where it has none.</summary>
    public WorkerdDurableObjects? DurableObjects { get; init; }

    /// <summary>MiB of V8's heap, beyond which the process ends itself.</summary>
    public required int HeapMebibytes { get; init; }
}
