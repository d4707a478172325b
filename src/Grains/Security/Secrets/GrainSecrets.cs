using System.Collections.Concurrent;
using Smcp.Engine;
using Smcp.Hosting;
using Smcp.Servers;

namespace Smcp.Security.Secrets;

/// <summary>
/// The secrets of one instance's server, as its author's code asks for them. Holds what it was given, and that there
/// is none, for a few seconds.
/// </summary>
internal sealed class GrainSecrets(
    IGrainLocator grains, IEngineFailures failures, TimeProvider time, InstanceKey instance, SecretOptions options)
    : IServerSecrets
{
    private readonly ConcurrentDictionary<string, Held> _held = new(StringComparer.Ordinal);

    public async ValueTask<string?> GetAsync(string name, CancellationToken cancellationToken)
    {
        if (!SecretName.IsValid(name))
        {
            return null;
        }

        var now = time.GetTimestamp();
        if (_held.TryGetValue(name, out var held) && time.GetElapsedTime(held.ReadAt, now) < options.CacheTime)
        {
            return held.Value;
        }

        var value = await OpenAsync(name, cancellationToken);
        if (_held.Count >= options.SecretsMax)
        {
            _held.Clear();
        }

        _held[name] = new Held(value, now);
        return value;
    }

    private async ValueTask<string?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var opened = await grains.Locate<ISecretsGrain>(instance.Tenant.ToString())
                .OpenAsync(instance.Server, [name], cancellationToken);
            return opened.Count == 0 ? null : opened[0].Value;
        }
        catch (Exception exception) when (
            failures.Classify(exception) is EngineFailure.Unavailable or EngineFailure.TimedOut)
        {
            throw new ServerDataUnavailableException("The server's secrets cannot be read now.", exception);
        }
    }

    /// <summary>Not a record: nothing must print the value.</summary>
    private sealed class Held(string? value, long readAt)
    {
        public string? Value => value;

        public long ReadAt => readAt;
    }
}
