using System.ComponentModel.DataAnnotations;

namespace Smcp.Identity.Replays;

/// <summary>How answers to requests with an idempotency key are kept.</summary>
internal sealed class ReplayOptions
{
    /// <summary>How long an answer is said again. Default: 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Keys that a caller may have in use at one time. Default: 256.</summary>
    [Range(1, 100_000)]
    public int KeysMax { get; set; } = 256;
}
