namespace Smcp.Runtimes.Worker.Configuring;

/// <summary>
/// A module of a worker: the name it is imported by, and its content. One that is internal is there for modules of the
/// runtime only.
/// </summary>
internal sealed record WorkerModule(
    string Name, WorkerModuleKind Kind, ReadOnlyMemory<byte> Content, bool IsInternal = false);
