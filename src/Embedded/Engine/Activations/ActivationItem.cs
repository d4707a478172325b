using Smcp.Engine.Calls;

namespace Smcp.Engine.Activations;

/// <summary>Something the engine does to an activation, on its scheduler.</summary>
internal sealed class ActivationItem(Activation activation, Action<Activation> act) : WorkItem
{
    public override void Execute() => act(activation);
}
