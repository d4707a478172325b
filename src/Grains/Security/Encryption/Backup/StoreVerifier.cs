using Microsoft.Extensions.DependencyInjection;
using Smcp.Security.Encryption.Keys;
using Smcp.Security.Encryption.Rows;
using Smcp.Security.Encryption.Upkeep;
using Smcp.Storage;

namespace Smcp.Security.Encryption.Backup;

/// <summary>Reads each row and record through the encryption, as its grain would.</summary>
internal sealed class StoreVerifier(
    KeyOpening opening,
    KeyRings rings,
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
        await ReadRingsAsync(walk, cancellationToken);
        await ReadStatesAsync(walk, cancellationToken);
        await ReadLogsAsync(walk, cancellationToken);
        var entries = 0L;
        foreach (var owner in walk.Open)
        {
            foreach (var row in (await keys.FindAsync(owner, cancellationToken)).Index.Standing())
            {
                entries++;
                if (!walk.Seen.Contains(row))
                {
                    walk.Note($"A row of {owner} is missing that its index knows.");
                }
            }
        }

        return new VerifiedStore
        {
            Owners = walk.Owners,
            States = walk.States,
            Logs = walk.Logs,
            Records = walk.Records,
            IndexEntries = entries,
            AuditLogs = walk.AuditLogs,
            Problems = walk.Problems,
        };
    }

    /// <summary>Each owner's keys and index, of those too whose rows are all gone.</summary>
    private async ValueTask ReadRingsAsync(Walk walk, CancellationToken cancellationToken)
    {
        await foreach (var (owner, ring) in rings.AllAsync(cancellationToken))
        {
            if (ring.IsDestroyed)
            {
                walk.Destroyed.Add(owner);
                continue;
            }

            walk.Owners++;
            try
            {
                await keys.FindAsync(owner, cancellationToken);
                walk.Open.Add(owner);
            }
            catch (StorageUnavailableException exception)
            {
                walk.Note($"The keys or the index of {owner} do not open: {exception.Message}");
            }
        }
    }

    private async ValueTask ReadStatesAsync(Walk walk, CancellationToken cancellationToken)
    {
        StateAddress? after = null;
        while (await inventory.ListStatesAsync(string.Empty, after, PageItems, cancellationToken)
            is { Count: > 0 } page)
        {
            foreach (var address in page.Where(address =>
                address.GrainType != DataKeyAddress.RingType && !walk.Destroyed.Contains(KeyOwnership.Of(address))))
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
            foreach (var log in page.Where(log =>
                !log.StartsWith(DataKeyAddress.LogPrefix, StringComparison.Ordinal)
                && !walk.Destroyed.Contains(KeyOwnership.OfLog(log))))
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

        /// <summary>Whose rows nobody can read any more, and need not.</summary>
        public HashSet<KeyOwner> Destroyed { get; } = [];

        /// <summary>Whose keys and index open.</summary>
        public List<KeyOwner> Open { get; } = [];

        public int Owners { get; set; }

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
