using Microsoft.Extensions.DependencyInjection;
using Smcp.Security.Encryption.Keys;
using Smcp.Security.Encryption.Rows;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Backup;

/// <summary>Reads each row and record through the encryption, as its grain would.</summary>
internal sealed class StoreVerifier(
    KeyOpening opening,
    DataKeys keys,
    IGrainStorage states,
    ILogStorage logs,
    [FromKeyedServices(RawStorage.Key)] IStorageInventory inventory) : IStoreVerifier
{
    private const int PageItems = 256;
    private const int ProblemsMax = 20;
    private const string AuditPrefix = "audit/";

    public async ValueTask<VerifiedStore> VerifyAsync(CancellationToken cancellationToken)
    {
        await opening.OpenAsync(cancellationToken);
        var walk = new Walk();
        await ReadStatesAsync(walk, cancellationToken);
        await ReadLogsAsync(walk, cancellationToken);
        var entries = 0L;
        foreach (var row in keys.Indexes.SelectMany(index => index.Standing()))
        {
            entries++;
            if (!walk.Seen.Contains(row))
            {
                walk.Note("A row is missing that an index knows.");
            }
        }

        return new VerifiedStore
        {
            States = walk.States,
            Logs = walk.Logs,
            Records = walk.Records,
            IndexEntries = entries,
            AuditLogs = walk.AuditLogs,
            Problems = walk.Problems,
        };
    }

    private async ValueTask ReadStatesAsync(Walk walk, CancellationToken cancellationToken)
    {
        StateAddress? after = null;
        while (await inventory.ListStatesAsync(string.Empty, after, PageItems, cancellationToken)
            is { Count: > 0 } page)
        {
            foreach (var address in page.Where(address => address.GrainType != DataKeyAddress.RingType))
            {
                try
                {
                    walk.Seen.Add(RowPlace.Of(address).Id);
                    walk.States += await states.ReadAsync(address, cancellationToken) is null ? 0 : 1;
                }
                catch (StorageUnavailableException exception)
                {
                    walk.Note($"The state {address} does not open: {exception.Message}");
                }
            }

            after = page[^1];
        }
    }

    private async ValueTask ReadLogsAsync(Walk walk, CancellationToken cancellationToken)
    {
        string? after = null;
        while (await inventory.ListLogsAsync(string.Empty, after, PageItems, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var log in page.Where(log => !log.StartsWith(DataKeyAddress.LogPrefix, StringComparison.Ordinal)))
            {
                try
                {
                    await ReadLogAsync(walk, log, cancellationToken);
                }
                catch (StorageUnavailableException exception)
                {
                    walk.Note($"The log {log} does not open: {exception.Message}");
                }
            }

            after = page[^1];
        }
    }

    private async ValueTask ReadLogAsync(Walk walk, string log, CancellationToken cancellationToken)
    {
        walk.Logs++;
        walk.Seen.Add(RowPlace.OfLog(log).Id);
        if (log.StartsWith(AuditPrefix, StringComparison.Ordinal))
        {
            walk.AuditLogs.Add(log);
        }

        var at = Math.Max(0, (await logs.ExtentAsync(log, cancellationToken)).First - 1);
        while (await logs.ReadAsync(log, at, PageItems, cancellationToken) is { Count: > 0 } page)
        {
            walk.Records += page.Count;
            at = page[^1].Sequence;
        }
    }

    /// <summary>What was met so far.</summary>
    private sealed class Walk
    {
        public HashSet<UInt128> Seen { get; } = [];

        public List<string> AuditLogs { get; } = [];

        public List<string> Problems { get; } = [];

        public long States { get; set; }

        public long Logs { get; set; }

        public long Records { get; set; }

        public void Note(string problem)
        {
            if (Problems.Count < ProblemsMax)
            {
                Problems.Add(problem);
            }
        }
    }
}
