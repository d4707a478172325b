using System.ComponentModel.DataAnnotations;

namespace Smcp.Identity.Federation;

/// <summary>The limits and times of log-in by a tenant's own provider.</summary>
public sealed class FederationOptions
{
    /// <summary>How long somebody may take at the provider. Default: 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "00:10:00")]
    public TimeSpan AttemptLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the provider may take to answer one request. Default: 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest answer of a provider, in bytes. Default: 128 KiB.</summary>
    [Range(4096, 4 * 1024 * 1024)]
    public int AnswerBytesMax { get; set; } = 128 * 1024;

    /// <summary>How long a provider's metadata and keys are held. Default: 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan MetadataLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How soon a provider's keys are asked for again when a token names one that is not known. Default: 1 minute.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan KeysReload { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How far the provider's clock may be from ours. Default: 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMinutes(1);
}
