using Smcp.Engine.Calls;

namespace Smcp.Engine.Activations;

/// <summary>Something the engine does to an activation, on its scheduler.</summary>
internal sealed class ActivationItem(Activation activation, Action<Activation> act) : WorkItem
{
    public void Post() => activation.Post(this);

    public override void Execute() => act(activation);
}
