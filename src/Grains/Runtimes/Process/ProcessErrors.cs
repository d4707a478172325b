using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Smcp.Servers;

namespace Smcp.Runtimes.Process;

/// <summary>
/// What programs of this node wrote to their standard error, by instance; for their tenant alone, never for the log.
/// </summary>
internal sealed class ProcessErrors(IOptions<ProcessRuntimeOptions> options)
{
    /// <summary>Instances whose text is kept; beyond them those of others go.</summary>
    private const int InstancesMax = 1_000;

    private readonly ConcurrentDictionary<InstanceKey, ErrorText> _texts = [];

    public ErrorText Of(InstanceKey instance)
    {
        var text = _texts.GetOrAdd(instance, _ => new ErrorText(options.Value.ErrorBytesKept));
        foreach (var other in _texts.Keys.Where(key => key != instance).Take(_texts.Count - InstancesMax))
        {
            _texts.TryRemove(other, out _);
        }

        return text;
    }
}
