using System.ComponentModel.DataAnnotations;

namespace Smcp.Identity.OAuth.Grants;

/// <summary>The lives of codes, tokens and grants.</summary>
public sealed class GrantOptions
{
    /// <summary>How long an authorization code may be redeemed. Default: 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")]
    public TimeSpan CodeLifetime { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an access token lives. Default: 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a refresh token may lie unused. Default: 30 days.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "365.00:00:00")]
    public TimeSpan RefreshIdle { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a grant lasts, however often it is refreshed. Default: 365 days.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "3650.00:00:00")]
    public TimeSpan GrantLifetime { get; set; } = TimeSpan.FromDays(365);

    /// <summary>
    /// How long the refresh token before the current one still gives that same one, while nobody used it: for a client
    /// whose answer was lost. Default: 10 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan RefreshLeeway { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Grants that a user may have at one time; with one more the oldest ends. Default: 200.</summary>
    [Range(1, 10_000)]
    public int GrantsOfUserMax { get; set; } = 200;

    /// <summary>
    /// Access tokens of one grant that may be revoked one by one at a time; with one more the grant ends. Default: 16.
    /// </summary>
    [Range(1, 1_000)]
    public int RevokedTokensMax { get; set; } = 16;
}
