using Smcp.Engine.Responses;

namespace Smcp.Engine.Activations;

/// <summary>What ends with an activation: its timers and subscriptions, and its response streams.</summary>
internal sealed class ActivationParts
{
    private readonly List<IDisposable> _parts = [];
    private readonly List<IResponseProducer> _responses = [];

    /// <summary>From anywhere: whether a stream may have been left.</summary>
    public bool HasResponses => _responses.Count > 0;

    public void Add(IDisposable part) => _parts.Add(part);

    public void Remove(IDisposable part) => _parts.Remove(part);

    public void Add(IResponseProducer response) => _responses.Add(response);

    public void Remove(IResponseProducer response) => _responses.Remove(response);

    /// <summary>Ends response streams that nobody pulls.</summary>
    public void AbortLeft()
    {
        foreach (var response in _responses.ToArray())
        {
            response.AbortIfLeft();
        }
    }

    public void Abort()
    {
        foreach (var part in _parts.ToArray())
        {
            part.Dispose();
        }

        foreach (var response in _responses.ToArray())
        {
            response.Dispose();
        }
    }
}
