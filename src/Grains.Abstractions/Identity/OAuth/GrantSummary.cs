using Smcp.Wire;

namespace Smcp.Identity.OAuth;

/// <summary>What a user let a client do, as the user and administrators see it.</summary>
[Wire("oauth-grant-summary", 2)]
public sealed record GrantSummary
{
    public required GrantId Id { get; init; }

    public required ClientId Client { get; init; }

    /// <summary>What the client called itself when it was let in.</summary>
    public string? ClientName { get; init; }

    /// <summary>Where the client had the user sent back to; null where nobody was sent.</summary>
    public string? RedirectUri { get; init; }

    /// <summary>The one server or administration that it is for.</summary>
    public required string Resource { get; init; }

    /// <summary>What the user agreed to; what the user's roles do not allow is left out of tokens.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    public DateTimeOffset GrantedAt { get; init; }

    /// <summary>When the client last got a token.</summary>
    public DateTimeOffset UsedAt { get; init; }

    /// <summary>When it ends unless it is used again.</summary>
    public DateTimeOffset EndsAt { get; init; }
}
