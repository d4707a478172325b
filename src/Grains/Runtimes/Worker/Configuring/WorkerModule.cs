namespace Smcp.Runtimes.Worker.Configuring;

/// <summary>A module of a worker: the name it is imported by, and its content.</summary>
internal sealed record WorkerModule(string Name, WorkerModuleKind Kind, ReadOnlyMemory<byte> Content);
