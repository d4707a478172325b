using Smcp.Identity;
using Smcp.Quotas;

namespace Smcp;

/// <summary>Sums reports, each number once, and fails when a test says so.</summary>
internal sealed class FakeEgress : IEgressGrain
{
    private long _last;

    public long Bytes { get; set; }

    public DateTimeOffset Day { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>Reports that are taken before their answers are lost.</summary>
    public int Losses { get; set; }

    public int Reports { get; private set; }

    public ValueTask<EgressStanding> ReportAsync(EgressReport report, CancellationToken cancellationToken)
    {
        Reports++;
        if (report.Number > _last)
        {
            _last = report.Number;
            Bytes += report.Bytes;
        }

        return Losses-- > 0
            ? throw new IOException("The answer was lost.")
            : new(new EgressStanding { Day = Day, Bytes = Bytes });
    }

    public ValueTask<EgressUsage> DescribeAsync(CallContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
