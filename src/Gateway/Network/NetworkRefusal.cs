using Smcp.Quotas;

namespace Smcp.Network;

/// <summary>Why a request goes no further, as it goes out and as it is counted.</summary>
/// <param name="Status">The status of HTTP.</param>
/// <param name="Reason">A word for logs and counters; nothing of the request is in it.</param>
/// <param name="Message">A sentence for the caller.</param>
internal sealed record NetworkRefusal(int Status, string Reason, string Message)
{
    /// <summary>When it may be tried again, where waiting helps.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The limit that it met, where it met one.</summary>
    public RateLimitPolicy? Limit { get; init; }
}
