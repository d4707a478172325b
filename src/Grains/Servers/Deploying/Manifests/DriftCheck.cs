using Smcp.Engine;
using Smcp.Identity;
using Smcp.Runtimes;

namespace Smcp.Servers.Deploying.Manifests;

/// <summary>
/// Finds out, in the name of the first caller who would reach something, whether the server still offers what was
/// approved; and again after it says that a list changed. What is otherwise is withheld and told to its grain. A server
/// that cannot be asked is not drifted: nothing but what was approved reaches its clients either way.
/// </summary>
internal sealed class DriftCheck(
    IActivationContext activation, InstanceKey key, ManifestReader reader, IEngineFailures failures, TimeSpan deadline)
{
    private Task? _checking;

    /// <summary>The next caller checks anew.</summary>
    public void Reset() => _checking = null;

    /// <summary>Completes at once where it was done.</summary>
    public Task EnsureAsync(ManifestGuard guard, IServerRuntime runtime, RunRequest run) =>
        _checking ??= CheckAsync(guard, runtime, run);

    private async Task CheckAsync(ManifestGuard guard, IServerRuntime runtime, RunRequest run)
    {
        using var late = new CancellationTokenSource(deadline, activation.Time);
        try
        {
            var asker = ManifestAsker.Of(runtime, run);
            var (found, _) = await reader.ReadAsync(asker, late.Token);
            if (found is null)
            {
                return;
            }

            var changes = guard.Approved.ChangesTo(found);
            if (asker.Session is not null)
            {
                // A session is not told the instructions again.
                changes = changes with { Changed = [.. changes.Changed.Where(name => name.Contains('/'))] };
            }

            guard.Withhold(changes);
            if (changes.Any)
            {
                _ = ReportAsync(run.Caller, changes);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException
            || failures.Classify(exception) != EngineFailure.None)
        {
            // Nobody can say; the next start asks again.
        }
    }

    /// <summary>Nobody waits for it: what is withheld is withheld.</summary>
    private async Task ReportAsync(CallContext caller, ManifestChanges changes)
    {
        try
        {
            var server = activation.Grains.Locate<IServerGrain>(new ServerKey(key.Tenant, key.Server).ToString());
            await server.ReportDriftAsync(caller, key.Version!.Value, changes, CancellationToken.None);
        }
        catch (Exception exception) when (failures.Classify(exception) != EngineFailure.None)
        {
            // It is found again at the next start.
        }
    }
}
