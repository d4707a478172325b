using Smcp.Engine;
using Smcp.Hosting;
using Smcp.Mcp;
using Smcp.Storage;

namespace Smcp.Data;

/// <summary>
/// How the grains of a server's data answer its author's code: by exceptions of the package it knows.
/// </summary>
internal sealed class DataReach(IEngineFailures failures)
{
    /// <exception cref="ServerDataUnavailableException">It cannot be reached now.</exception>
    public async ValueTask<T> AskAsync<T>(Func<ValueTask<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (exception is StorageUnavailableException
            || failures.Classify(exception) is EngineFailure.Unavailable or EngineFailure.TimedOut)
        {
            throw new ServerDataUnavailableException("The server's data cannot be reached now.", exception);
        }
    }

    public static void ThrowIf(McpFault? fault)
    {
        switch (fault?.Reason)
        {
            case null:
                return;
            case FaultReason.Conflict:
                throw new ServerDataConflictException(fault.Message);
            case FaultReason.LimitExceeded:
                throw new ServerDataQuotaException(fault.Message);
            case FaultReason.InvalidParams:
                throw new ArgumentException(fault.Message);
            default:
                throw new ServerDataUnavailableException(fault.Message);
        }
    }
}
