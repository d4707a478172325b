using System.Text.Json;
using Smcp.Engine.Calls;
using Smcp.Wire;

namespace Smcp.Engine.Faults;

/// <summary>Writes and reads every message with the one set of JSON options.</summary>
internal sealed class WireForm : IWireForm
{
    public TMessage Cross<TMessage>(TMessage message) =>
        JsonSerializer.Deserialize<TMessage>(
            JsonSerializer.SerializeToUtf8Bytes(message, WireJson.Options), WireJson.Options)!;

    /// <summary>
    /// Types of the framework and of the engine are known everywhere; of a grain's own only the text crosses.
    /// </summary>
    public Exception CrossFault(Exception exception)
    {
        var space = exception.GetType().Namespace ?? string.Empty;
        return space.StartsWith("System", StringComparison.Ordinal)
            || space.StartsWith("Smcp.Engine", StringComparison.Ordinal)
                ? exception
                : new GrainFaultException($"{exception.GetType().Name}: {exception.Message}");
    }
}
