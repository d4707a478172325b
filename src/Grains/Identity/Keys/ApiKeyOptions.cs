using System.ComponentModel.DataAnnotations;

namespace Smcp.Identity.Keys;

/// <summary>The life of API keys.</summary>
internal sealed class ApiKeyOptions
{
    /// <summary>How long a key is valid where its maker does not say. Default: 90 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>The longest life that a key may be given. Default: 366 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan LifetimeMax { get; set; } = TimeSpan.FromDays(366);

    /// <summary>How long the key before a rotation is still taken where nobody says. Default: 7 days.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "90.00:00:00")]
    public TimeSpan RotationGrace { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How exact the time of last use is; a longer time writes less. Default: 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LastUseGranularity { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Keys in force that a tenant may have. Default: 1,000.</summary>
    [Range(1, 100_000)]
    public int KeysMax { get; set; } = 1_000;

    /// <summary>How long a key that expired or was revoked is still listed. Default: 30 days.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan EndedRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Such keys of a tenant that are listed; with one more, the one that ended first is forgotten. Default: 1,000.
    /// </summary>
    [Range(0, 100_000)]
    public int EndedKeysMax { get; set; } = 1_000;
}
