using Smcp.Engine;
using Smcp.Storage;

namespace Smcp;

/// <summary>What an exception means in which a request ended: the engine's failures, and the store's.</summary>
internal static class RequestFailures
{
    /// <summary>The store failed, or keys were destroyed: as of what did not answer, its outcome is unknown.</summary>
    public static EngineFailure ClassifyRequest(this IEngineFailures failures, Exception exception) =>
        exception is StorageUnavailableException ? EngineFailure.TimedOut : failures.Classify(exception);

    /// <summary>
    /// What the store said, where that is why it failed: no stack tells more. Null for any other cause.
    /// </summary>
    public static string? StorageCause(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is StorageUnavailableException)
            {
                return cause.InnerException is { } inner ? $"{cause.Message} {inner.Message}" : cause.Message;
            }
        }

        return null;
    }
}
