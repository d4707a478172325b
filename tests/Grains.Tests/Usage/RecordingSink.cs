using Smcp.Usage.Billing;

namespace Smcp.Usage;

/// <summary>A billing hook that keeps what it got, and fails when told to.</summary>
internal sealed class RecordingSink : IUsageSink
{
    private readonly List<UsageBill> _bills = [];

    public bool IsOn { get; set; }

    /// <summary>How many sendings fail yet.</summary>
    public int Failures { get; set; }

    public IReadOnlyList<UsageBill> Bills
    {
        get
        {
            lock (_bills)
            {
                return [.. _bills];
            }
        }
    }

    public Task SendAsync(UsageBill bill, CancellationToken cancellationToken)
    {
        lock (_bills)
        {
            if (Failures > 0)
            {
                Failures--;
                throw new HttpRequestException("The other side is down.");
            }

            _bills.Add(bill);
        }

        return Task.CompletedTask;
    }
}
