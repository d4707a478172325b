using Smcp.Wire;

namespace Smcp.Identity.Users;

/// <summary>A browser session as stored.</summary>
[Wire("browser-session", 1)]
internal sealed record BrowserSessionState
{
    /// <summary>Whose it is; null for one that never began, or ended.</summary>
    public UserId? User { get; init; }

    /// <summary>The user's epoch when it began.</summary>
    public long Epoch { get; init; }

    public DateTimeOffset BeganAt { get; init; }

    /// <summary>When it was last used, to a tenth of the idle time.</summary>
    public DateTimeOffset SeenAt { get; init; }
}
