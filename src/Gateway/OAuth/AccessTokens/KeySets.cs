using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity.OAuth;

namespace Smcp.OAuth.AccessTokens;

/// <summary>
/// The public keys in force, held for a short time. While they cannot be asked for, the known ones are good a little
/// longer; then nothing is verified, rather than by a key that may be destroyed.
/// </summary>
internal sealed class KeySets(
    IGrainLocator grains, IEngineFailures failures, TimeProvider time, IOptions<OAuthOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _asking = new(1);
    private Held? _held;

    /// <summary>The set, as fresh as it is held for.</summary>
    public ValueTask<SigningKeySet> GetAsync(CancellationToken cancellationToken) =>
        _held is { } held && AgeOf(held) < options.Value.KeySetLifetime
            ? new(held.Set)
            : AskAsync(options.Value.KeySetLifetime, cancellationToken);

    /// <summary>The key of that id; an unknown one may be new, so it is asked for, but not at any rate.</summary>
    public async ValueTask<PublicSigningKey?> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        var set = await GetAsync(cancellationToken);
        return Find(set, keyId) ?? Find(await AskAsync(options.Value.KeySetInterval, cancellationToken), keyId);
    }

    /// <inheritdoc/>
    public void Dispose() => _asking.Dispose();

    private static PublicSigningKey? Find(SigningKeySet set, string keyId) =>
        set.Keys.FirstOrDefault(key => key.Id == keyId);

    private TimeSpan AgeOf(Held held) => time.GetElapsedTime(held.At);

    private async ValueTask<SigningKeySet> AskAsync(TimeSpan ageMax, CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (_held is { } held && AgeOf(held) < ageMax)
            {
                return held.Set;
            }

            // The time before the question: what is learned is at least as new as that.
            var at = time.GetTimestamp();
            var set = await grains.Locate<ISigningKeysGrain>(ISigningKeysGrain.Key).PublishAsync(cancellationToken);
            _held = new Held(set, at);
            return set;
        }
        catch (Exception exception) when (
            failures.Classify(exception) is EngineFailure.Unavailable or EngineFailure.TimedOut
            && _held is { } held && AgeOf(held) < options.Value.KeySetStaleMax)
        {
            return _held.Set;
        }
        finally
        {
            _asking.Release();
        }
    }

    private sealed record Held(SigningKeySet Set, long At);
}
