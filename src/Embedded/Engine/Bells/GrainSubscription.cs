using Smcp.Engine.Activations;

namespace Smcp.Engine.Bells;

/// <summary>A grain's subscription, which ends with its activation.</summary>
internal sealed class GrainSubscription(Activation activation, IAsyncDisposable inner) : IAsyncDisposable, IDisposable
{
    public void Dispose() => _ = DisposeAsync().AsTask();

    public ValueTask DisposeAsync()
    {
        activation.Remove(this);
        return inner.DisposeAsync();
    }
}
