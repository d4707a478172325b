using Smcp.Storage;

namespace Smcp.Engine.Activations;

/// <summary>The grain object of an activation, from its making to its last words; each has its time.</summary>
internal sealed class GrainLife(GrainDirectory directory, string key, ActivationContext context)
{
    private object? _grain;

    public object Grain => _grain!;

    private EngineServices Services => directory.Services;

    /// <summary>
    /// Makes the grain, loads its state and tells it. Returns what kept it from beginning, logged; else null.
    /// </summary>
    public async Task<Exception?> BeginAsync()
    {
        using var patience = new CancellationTokenSource(Services.Options.ActivationTimeout, Services.Time);
        try
        {
            await StartAsync(patience.Token).WaitAsync(patience.Token);
            return null;
        }
        catch (StorageUnavailableException exception)
        {
            // Of the store, which says itself what ails it: no stack tells more.
            Services.LogActivationNotStored(directory.GrainType, key, exception.Message);
            return exception;
        }
        catch (Exception exception)
        {
            Services.LogActivationFailed(directory.GrainType, key, exception);
            return exception;
        }
    }

    /// <summary>Tells the grain that it ends. What it does wrong then is logged, and changes nothing.</summary>
    public async Task EndAsync(DeactivationCause cause)
    {
        if (_grain is not IGrainLifecycle lifecycle)
        {
            return;
        }

        using var patience = new CancellationTokenSource(Services.Options.DeactivationTimeout, Services.Time);
        try
        {
            await lifecycle.OnDeactivateAsync(cause, patience.Token).WaitAsync(patience.Token);
        }
        catch (Exception exception)
        {
            Services.LogDeactivationFailed(directory.GrainType, key, exception);
        }
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        _grain = directory.CreateGrain(context);
        await context.BeginAsync(_grain, cancellationToken);
    }
}
