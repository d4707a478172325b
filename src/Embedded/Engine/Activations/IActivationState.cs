namespace Smcp.Engine.Activations;

/// <summary>A declared piece of state, to be loaded before the grain is told of its activation.</summary>
internal interface IActivationState
{
    Task LoadAsync(CancellationToken cancellationToken);
}
