using Orleans.Storage;
using Smcp.Engine;

namespace Smcp.Storage;

/// <summary>Logs in the cluster: one grain for each, over the cluster's grain storage.</summary>
internal sealed class ClusterLogStorage(IGrainFactory grains, IEngineFailures failures) : ILogStorage
{
    public async ValueTask AppendAsync(
        string log,
        long firstSequence,
        IReadOnlyList<ReadOnlyMemory<byte>> records,
        CancellationToken cancellationToken)
    {
        var appended = await ReachAsync(
            log, grain => grain.AppendAsync(firstSequence, [.. records], cancellationToken));
        if (!appended)
        {
            throw new StateConflictException($"{firstSequence} is not one past the last record of log '{log}'.");
        }
    }

    public async ValueTask<IReadOnlyList<LogRecord>> ReadAsync(
        string log, long afterSequence, int itemsMax, CancellationToken cancellationToken)
    {
        var page = await ReachAsync(log, grain => grain.ReadAsync(afterSequence, itemsMax, cancellationToken));
        return [.. page.Records.Select((payload, index) => new LogRecord(page.First + index, payload))];
    }

    public async ValueTask<LogExtent> ExtentAsync(string log, CancellationToken cancellationToken)
    {
        var page = await ReachAsync(log, grain => grain.ExtentAsync(cancellationToken));
        return new LogExtent(page.First, page.Last);
    }

    public async ValueTask TrimAsync(string log, long throughSequence, CancellationToken cancellationToken) =>
        await ReachAsync(log, async grain =>
        {
            await grain.TrimAsync(throughSequence, cancellationToken);
            return true;
        });

    public async ValueTask DeleteAsync(string log, CancellationToken cancellationToken) =>
        await ReachAsync(log, async grain =>
        {
            await grain.DeleteAsync(cancellationToken);
            return true;
        });

    private async ValueTask<T> ReachAsync<T>(string log, Func<ILogGrain, ValueTask<T>> call)
    {
        try
        {
            return await call(grains.GetGrain<ILogGrain>(log));
        }
        catch (InconsistentStateException exception)
        {
            throw new StateConflictException($"Log '{log}': {exception.Message}");
        }
        catch (Exception exception)
            when (failures.Classify(exception) is EngineFailure.Unavailable or EngineFailure.TimedOut)
        {
            throw new StorageUnavailableException($"Log '{log}': {exception.Message}", exception);
        }
    }
}
