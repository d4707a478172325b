using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Servers;

namespace Smcp.Usage;

/// <summary>
/// Counts what one instance did, in memory, and reports it to its tenant's ledger within a second: so long, and no
/// longer, are counts lost to a kill. On the activation's scheduler.
/// </summary>
internal sealed partial class UsageMeter(
    IActivationContext activation, InstanceKey key, UsageOptions options, ILogger logger)
{
    private readonly UsageNames _names = new(options.ToolNamesMax);
    private readonly string _source = Guid.NewGuid().ToString("N");
    private Dictionary<UsageKey, UsageTally> _tallies = [];
    private UsageReport? _unsent;
    private Task? _flushing;
    private long _since;
    private long _number;

    /// <summary>Counts one run of the runtime.</summary>
    public void Count(PrincipalId principal, McpCall call, McpReply reply, TimeSpan elapsed)
    {
        if (_tallies.Count == 0)
        {
            _since = activation.Time.GetTimestamp();
        }

        var row = new UsageKey(_names.MethodOf(call), _names.ToolOf(call), principal);
        ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(_tallies, row, out var known);
        if (!known && _tallies.Count > options.ReportRowsMax)
        {
            _tallies.Remove(row);
            row = new UsageKey(UsageLedger.Others, UsageLedger.Others, default);
            tally = ref CollectionsMarshal.GetValueRefOrAddDefault(_tallies, row, out _);
        }

        tally.Calls++;
        tally.Errors += reply.IsError || ToolError.In(reply.Body.Span) ? 1 : 0;
        tally.Microseconds += (long)elapsed.TotalMicroseconds;
        tally.BytesIn += call.Params.Length;
        tally.BytesOut += reply.Body.Length;
    }

    /// <summary>Reports what is due; true while something waits to be.</summary>
    public bool Beat()
    {
        var waits = _tallies.Count > 0 || _unsent is not null;
        if (waits && _flushing is null && activation.Time.GetElapsedTime(_since) >= options.FlushPeriod)
        {
            _ = FlushAsync();
        }

        return waits;
    }

    /// <summary>Reports everything that was counted.</summary>
    public async Task FlushAsync()
    {
        while (_flushing is not null)
        {
            await _flushing;
        }

        var done = new TaskCompletionSource();
        _flushing = done.Task;
        try
        {
            await SendAsync();
        }
        finally
        {
            _flushing = null;
            done.SetResult();
        }
    }

    /// <summary>A report whose fate is unknown goes again under its number, and is counted once.</summary>
    private async Task SendAsync()
    {
        _unsent ??= TakeReport();
        if (_unsent is not { } report)
        {
            return;
        }

        try
        {
            await activation.Grains.Locate<IUsageGrain>(key.Tenant.ToString())
                .AddAsync(report, CancellationToken.None);
            _unsent = null;
        }
        catch (Exception exception)
        {
            _since = activation.Time.GetTimestamp();
            NotReported(activation.Key, exception);
        }
    }

    private UsageReport? TakeReport()
    {
        if (_tallies.Count == 0)
        {
            return null;
        }

        var tallies = _tallies;
        _tallies = new Dictionary<UsageKey, UsageTally>(tallies.Count);
        _since = activation.Time.GetTimestamp();
        return new UsageReport
        {
            Source = _source,
            Number = ++_number,
            Server = key.Server.ToString(),
            Counts = [.. tallies.Select(pair => pair.Value.Of(pair.Key))],
        };
    }
}
