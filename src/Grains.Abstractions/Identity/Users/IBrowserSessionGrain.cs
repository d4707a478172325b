using Smcp.Engine;

namespace Smcp.Identity.Users;

/// <summary>
/// One browser that a user is logged in with; key: <see cref="BrowserSessionKey"/>. Nothing of it is the secret that
/// the browser holds, only its hash.
/// </summary>
[Grain("browser-session")]
public interface IBrowserSessionGrain
{
    /// <summary>From a gateway: begins the session; durable before it returns.</summary>
    ValueTask BeginAsync(UserStanding user, CancellationToken cancellationToken);

    /// <summary>
    /// From a gateway: whose session it is; null when it ended, was idle for too long, or its user may not log in now.
    /// </summary>
    ValueTask<UserStanding?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>From a gateway: ends it.</summary>
    ValueTask EndAsync(CancellationToken cancellationToken);
}
