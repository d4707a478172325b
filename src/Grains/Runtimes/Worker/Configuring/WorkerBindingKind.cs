namespace Smcp.Runtimes.Worker.Configuring;

/// <summary>What a member of a worker's <c>env</c> is.</summary>
internal enum WorkerBindingKind
{
    Text,
    Json,
    KeyValues,
    Objects,
    DurableObjects,
}
