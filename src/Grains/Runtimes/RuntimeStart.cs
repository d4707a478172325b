using Smcp.Servers;
using Smcp.Storage;

namespace Smcp.Runtimes;

/// <summary>
/// What a runtime needs to start: which instance, of which definition, where the server's own state is stored, and what
/// else is kept for it.
/// </summary>
public sealed record RuntimeStart(
    InstanceKey Instance, ServerDefinition Definition, IGrainStorage Storage, ServerData Data);
