using System.ComponentModel.DataAnnotations;

namespace Smcp.Usage.Billing;

/// <summary>Where closed hours are sent for billing. Off without a URL.</summary>
internal sealed class UsageWebhookOptions
{
    /// <summary>The https URL that rows are posted to; http on this machine only. Default: none.</summary>
    public string? Url { get; set; }

    /// <summary>The secret that each sending is signed with; 32 characters and more. Default: none.</summary>
    public string? Secret { get; set; }

    /// <summary>How long one sending may take. Default: 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a sending is tried at once; after that it waits for the next upkeep. Default: 3.</summary>
    [Range(1, 10)]
    public int Attempts { get; set; } = 3;

    /// <summary>The wait before the second attempt; it doubles with each. Default: 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);
}
