using Orleans.Storage;

namespace Smcp.Engine;

/// <summary>What the exceptions of Orleans mean to us.</summary>
internal sealed class OrleansFailures : IEngineFailures
{
    public EngineFailure Classify(Exception exception) => exception switch
    {
        GrainActivationException => EngineFailure.Unavailable,
        // A response stream whose activation ended, or that was left unpulled.
        EnumerationAbortedException => EngineFailure.Unavailable,
        OperationCanceledException => EngineFailure.Cancelled,
        TimeoutException => EngineFailure.TimedOut,
        InconsistentStateException => EngineFailure.None,
        // Rejections (a silo that is gone, overloaded or stopping), lost connections, a client without gateways.
        OrleansException => EngineFailure.Unavailable,
        _ => EngineFailure.None,
    };
}
