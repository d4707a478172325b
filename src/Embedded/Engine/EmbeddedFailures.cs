using Smcp.Engine.Responses;

namespace Smcp.Engine;

/// <summary>What the exceptions of the embedded engine mean.</summary>
internal sealed class EmbeddedFailures : IEngineFailures
{
    public EngineFailure Classify(Exception exception) => exception switch
    {
        GrainUnavailableException or ResponseAbortedException => EngineFailure.Unavailable,
        OperationCanceledException => EngineFailure.Cancelled,
        TimeoutException => EngineFailure.TimedOut,
        _ => EngineFailure.None,
    };
}
