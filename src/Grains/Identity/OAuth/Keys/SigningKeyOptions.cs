using System.ComponentModel.DataAnnotations;

namespace Smcp.Identity.OAuth.Keys;

/// <summary>The life of the keys that sign access tokens.</summary>
public sealed class SigningKeyOptions
{
    /// <summary>How long a key signs before the next one does. Default: 30 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan RotationPeriod { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long others may hold the published keys (the JWKS's max-age). Default: 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan PublishedMaxAge { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How much longer than that a new key is published before it signs. Default: 5 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan ActivationMargin { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a key is published after it signed its last token: longer than any access token lives. Default: 70
    /// minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:02:00", "7.00:00:00")]
    public TimeSpan RetiredFor { get; set; } = TimeSpan.FromMinutes(70);

    /// <summary>The time from a key's publication to its first signature.</summary>
    internal TimeSpan Lead => PublishedMaxAge + ActivationMargin;
}
