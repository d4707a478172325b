using Smcp.Engine;
using Smcp.Identity;

namespace Smcp.Usage.Billing;

/// <summary>
/// Follows the ledger hour by hour, with a durable mark. An hour is sent whole before the mark goes on, so a failure or
/// a crash sends it again, and skips nothing.
/// </summary>
internal sealed class UsageBilling(
    TenantId tenant, IGrainState<UsageBillingState> state, IReadOnlyList<IUsageSink> sinks)
{
    private const int RowsPerSending = 500;

    public bool IsOn => sinks.Any(sink => sink.IsOn);

    public DateTimeOffset Through => state.Value.Through;

    /// <summary>The hour that counts go to: one that is closed stays so, whatever the clock does.</summary>
    public DateTimeOffset OpenHour(DateTimeOffset now)
    {
        var hour = new DateTimeOffset(now.UtcDateTime.Date.AddHours(now.UtcDateTime.Hour), TimeSpan.Zero);
        return hour > Through ? hour : Through > DateTimeOffset.MinValue ? Through : hour;
    }

    /// <summary>Sends every closed hour that is not sent yet.</summary>
    public async Task BillAsync(IEnumerable<UsageEntry> rows, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!IsOn)
        {
            return;
        }

        var open = OpenHour(now);
        var closed = rows
            .Where(row => row.Period == UsagePeriod.Hour && row.Start >= Through && row.Start < open)
            .GroupBy(row => row.Start)
            .OrderBy(hour => hour.Key)
            .ToList();
        foreach (var hour in closed)
        {
            foreach (var some in hour.OrderBy(row => row.Key, StringComparer.Ordinal).Chunk(RowsPerSending))
            {
                var bill = new UsageBill(
                    tenant.ToString(), hour.Key, [.. some.Select(row => UsageBillRow.Of(tenant.ToString(), row))]);
                foreach (var sink in sinks.Where(sink => sink.IsOn))
                {
                    await sink.SendAsync(bill, cancellationToken);
                }
            }

            state.Value = new UsageBillingState { Through = hour.Key.AddHours(1) };
            await state.WriteAsync(cancellationToken);
        }
    }
}
