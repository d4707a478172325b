namespace Smcp.Engine;

/// <summary>Implemented by a grain class that wants to know when its activation begins and ends.</summary>
public interface IGrainLifecycle
{
    /// <summary>
    /// After state was loaded, before the first call. An exception fails that call and the activation.
    /// </summary>
    Task OnActivateAsync(CancellationToken cancellationToken);

    /// <summary>After the last call. Not promised: a process may die first.</summary>
    Task OnDeactivateAsync(DeactivationCause cause, CancellationToken cancellationToken);
}
