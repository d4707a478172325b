using Orleans.Runtime.Messaging;
using Orleans.Storage;

namespace Smcp.Engine;

/// <summary>What the exceptions of Orleans mean to us.</summary>
internal sealed class OrleansFailures : IEngineFailures
{
    /// <summary>What Orleans says of a message that it did not send.</summary>
    private static readonly string NotSent = new SiloUnavailableException().Message;

    public EngineFailure Classify(Exception exception) => exception switch
    {
        GrainActivationException => EngineFailure.Unavailable,
        // A response stream whose activation ended, or that was left unpulled.
        EnumerationAbortedException => EngineFailure.Unavailable,
        OperationCanceledException => EngineFailure.Cancelled,
        TimeoutException => EngineFailure.TimedOut,
        InconsistentStateException => EngineFailure.None,
        // The silo was lost under the call, and may have run it.
        SiloUnavailableException lost when !DidNotRun(lost) => EngineFailure.TimedOut,
        // Rejections (a silo that is gone, overloaded or stopping), lost connections, a client without gateways.
        OrleansException => EngineFailure.Unavailable,
        _ => EngineFailure.None,
    };

    /// <summary>
    /// Whether a call certainly did not run. Orleans says with the same type that a silo was known to be gone before
    /// the message was sent, and that it was lost while its answer was awaited: only the texts differ.
    /// </summary>
    public static bool DidNotRun(OrleansException exception) => exception switch
    {
        SiloUnavailableException silo => silo.Message == NotSent || IsNotAddressed(silo.Message),
        OrleansMessageRejectionException or ConnectionFailedException => true,
        _ => false,
    };

    /// <summary>What a stopping silo says of a message that it looked for no place for any more.</summary>
    private static bool IsNotAddressed(string message) =>
        message.StartsWith("Silo '", StringComparison.Ordinal)
        && message.EndsWith("' is shutting down.", StringComparison.Ordinal);
}
