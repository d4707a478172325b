using Microsoft.Extensions.Options;
using Smcp.Engine;

namespace Smcp.Storage;

/// <summary>
/// Keeps one log in the cluster's grain storage: a header row that lists segments, and a row for each segment. Rows
/// are fenced by their ETag, so a second activation that appends fails and ends.
/// </summary>
[GrainType("log")]
internal sealed class LogGrain(
    IGrainContextAccessor accessor,
    IOptions<LogOptions> options,
    ClusterInventory inventory,
    [FromKeyedServices(ShellServices.StorageName)] Orleans.Storage.IGrainStorage storage) : ILogGrain, IGrainBase
{
    private const string HeaderName = "header";

    private readonly GrainState<LogHeader> _header = new(new LogHeader());

    /// <summary>The last segment, the only one that is appended to; none while the log is empty.</summary>
    private GrainState<LogSegment> _newest = new(new LogSegment());

    public IGrainContext GrainContext { get; } = accessor.GrainContext;

    private LogHeader Header => _header.State!;

    private IReadOnlyList<long> Segments => Header.Segments;

    private LogSegment Newest => _newest.State!;

    private long Last => Segments.Count == 0 ? 0 : Segments[^1] - 1 + Newest.Records.Count;

    async Task IGrainBase.OnActivateAsync(CancellationToken token)
    {
        await storage.ReadStateAsync(HeaderName, GrainContext.GrainId, _header);
        if (Segments.Count > 0)
        {
            _newest = await ReadSegmentAsync(Segments[^1]);
        }
    }

    public async ValueTask<bool> AppendAsync(
        long firstSequence, ReadOnlyMemory<byte>[] records, CancellationToken cancellationToken)
    {
        if (firstSequence != Last + 1)
        {
            return false;
        }

        if (records.Length == 0)
        {
            return true;
        }

        if (Segments.Count == 0)
        {
            await inventory.AddLogAsync(Name, cancellationToken);
        }

        if (Segments.Count == 0 || IsFull(Newest))
        {
            await BeginSegmentAsync(firstSequence);
        }

        var before = Newest;
        _newest.State = new LogSegment { Records = [.. before.Records, .. records] };
        try
        {
            await storage.WriteStateAsync(SegmentName(Segments[^1]), GrainContext.GrainId, _newest);
        }
        catch
        {
            // Whether the row was written is unknown: only storage can tell, so the next activation asks it.
            _newest.State = before;
            End();
            throw;
        }

        return true;
    }

    public async ValueTask<LogPage> ReadAsync(long afterSequence, int itemsMax, CancellationToken cancellationToken)
    {
        var first = Math.Max(afterSequence + 1, Header.First);
        var records = new List<ReadOnlyMemory<byte>>();
        var bytes = 0L;
        foreach (var start in Segments.Where(start => EndOf(start) >= first))
        {
            var held = (await SegmentAsync(start)).Records;
            foreach (var record in held.Skip((int)Math.Max(0, first - start)))
            {
                // At least one, whatever its size: the reader must get on.
                bytes += record.Length;
                if (records.Count > 0 && (records.Count == itemsMax || bytes > options.Value.PageBytesMax))
                {
                    return new LogPage(first, Last, [.. records]);
                }

                records.Add(record);
            }
        }

        return new LogPage(first, Last, [.. records]);
    }

    public ValueTask<LogPage> ExtentAsync(CancellationToken cancellationToken) =>
        new(new LogPage(Segments.Count == 0 ? 0 : Header.First, Last, []));

    public async ValueTask TrimAsync(long throughSequence, CancellationToken cancellationToken)
    {
        var first = Math.Min(throughSequence, Last) + 1;
        if (first <= Header.First)
        {
            return;
        }

        // The last segment stays, whatever is trimmed: it carries the numbering on.
        var gone = Segments.SkipLast(1).Where(start => EndOf(start) < first).ToArray();
        await WriteHeaderAsync(new LogHeader { First = first, Segments = [.. Segments.Skip(gone.Length)] });
        await RemoveAsync(gone);
    }

    public async ValueTask DeleteAsync(CancellationToken cancellationToken)
    {
        var gone = Segments.ToArray();
        await storage.ClearStateAsync(HeaderName, GrainContext.GrainId, _header);
        _header.State = new LogHeader();
        _newest = new GrainState<LogSegment>(new LogSegment());
        await RemoveAsync(gone);
        await inventory.RemoveLogAsync(Name, cancellationToken);
    }

    public async ValueTask<bool> ReplaceAsync(
        long[] sequences,
        ReadOnlyMemory<byte>[] expected,
        ReadOnlyMemory<byte>[] records,
        CancellationToken cancellationToken)
    {
        var changes = sequences.Zip(expected, records).ToDictionary(item => item.First);
        var segments = new List<(long Start, GrainState<LogSegment> Row)>();
        foreach (var start in Segments.Where(start => sequences.Any(at => at >= start && at <= EndOf(start))))
        {
            segments.Add((start, start == Segments[^1] ? _newest : await ReadSegmentAsync(start)));
        }

        var stands = sequences.All(at => at >= Header.First && segments.Any(segment =>
            at >= segment.Start && at < segment.Start + segment.Row.State!.Records.Count
            && segment.Row.State.Records[(int)(at - segment.Start)].Span.SequenceEqual(changes[at].Second.Span)));
        if (!stands)
        {
            return false;
        }

        // A crash between two segments leaves some records as they were, which is a state that may be replaced again.
        foreach (var (start, row) in segments)
        {
            await RewriteAsync(start, row, new LogSegment
            {
                Records =
                [
                    .. row.State!.Records.Select((record, at) =>
                        changes.TryGetValue(start + at, out var change) ? change.Third : record),
                ],
            });
        }

        return true;
    }

    private async Task RewriteAsync(long start, GrainState<LogSegment> row, LogSegment segment)
    {
        var before = row.State!;
        row.State = segment;
        try
        {
            await storage.WriteStateAsync(SegmentName(start), GrainContext.GrainId, row);
        }
        catch
        {
            row.State = before;
            End();
            throw;
        }
    }

    private string Name => GrainContext.GrainId.Key.ToString()!;

    private void End() =>
        GrainContext.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationError, "A write failed."));

    private static string SegmentName(long start) => $"segment-{start}";

    private bool IsFull(LogSegment segment) =>
        segment.Records.Sum(record => record.Length) >= options.Value.SegmentBytesMax;

    /// <summary>The last number of a segment.</summary>
    private long EndOf(long start)
    {
        var next = Segments.FirstOrDefault(other => other > start);
        return next == 0 ? Last : next - 1;
    }

    private async Task BeginSegmentAsync(long start)
    {
        await WriteHeaderAsync(Header with { Segments = [.. Segments, start] });

        // A crash between a header and the removal of its segments leaves rows behind: such a one is written over.
        _newest = await ReadSegmentAsync(start);
        _newest.State = new LogSegment();
    }

    private async Task<LogSegment> SegmentAsync(long start) =>
        start == Segments[^1] ? Newest : (await ReadSegmentAsync(start)).State!;

    private async Task<GrainState<LogSegment>> ReadSegmentAsync(long start)
    {
        var segment = new GrainState<LogSegment>(new LogSegment());
        await storage.ReadStateAsync(SegmentName(start), GrainContext.GrainId, segment);
        return segment;
    }

    private async Task WriteHeaderAsync(LogHeader header)
    {
        var before = Header;
        _header.State = header;
        try
        {
            await storage.WriteStateAsync(HeaderName, GrainContext.GrainId, _header);
        }
        catch
        {
            _header.State = before;
            End();
            throw;
        }
    }

    private async Task RemoveAsync(long[] starts)
    {
        foreach (var start in starts)
        {
            await storage.ClearStateAsync(
                SegmentName(start), GrainContext.GrainId, await ReadSegmentAsync(start));
        }
    }
}
