using System.ComponentModel.DataAnnotations;

namespace Smcp.Identity.OAuth.Authorizations;

/// <summary>The time that a user has to answer a client.</summary>
public sealed class AuthorizationOptions
{
    /// <summary>How long an authorization request waits for its user. Default: 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "01:00:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(10);
}
