using Smcp.Wire;

namespace Smcp.Identity.OAuth.Grants;

/// <summary>What is stored of a grant.</summary>
[Wire("oauth-grant-state", 3)]
internal sealed record GrantState
{
    /// <summary>Null: there is no such grant.</summary>
    public ClientId? Client { get; init; }

    /// <summary>What the client called itself when it was let in.</summary>
    public string? ClientName { get; init; }

    public DateTimeOffset GrantedAt { get; init; }

    /// <summary>When the client last got a token.</summary>
    public DateTimeOffset UsedAt { get; init; }

    /// <summary>Whom its tokens speak for: a user, or with client_credentials the client itself.</summary>
    public PrincipalId Principal { get; init; }

    /// <summary>Which life of the tenant it belongs to.</summary>
    public int TenantGeneration { get; init; }

    /// <summary>The one audience of its tokens.</summary>
    public string Resource { get; init; } = string.Empty;

    /// <summary>What was agreed to.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    public string RedirectUri { get; init; } = string.Empty;

    /// <summary>The PKCE challenge, S256.</summary>
    public string CodeChallenge { get; init; } = string.Empty;

    /// <summary>Of the authorization code; null where there was none.</summary>
    public SecretDigest? CodeDigest { get; init; }

    public DateTimeOffset CodeExpiresAt { get; init; }

    public bool IsCodeRedeemed { get; init; }

    /// <summary>Whether its client gets refresh tokens.</summary>
    public bool IsRefreshable { get; init; }

    public RefreshChain? Refresh { get; init; }

    /// <summary>When it ends, whatever happens.</summary>
    public DateTimeOffset EndsAt { get; init; }

    /// <summary>When it ends unless it is used.</summary>
    public DateTimeOffset IdleEndsAt { get; init; }

    public bool IsRevoked { get; init; }

    /// <summary>Access tokens that were given back and have not ended yet.</summary>
    public IReadOnlyList<RevokedToken> RevokedTokens { get; init; } = [];

    /// <summary>Whether nothing of it can be used any more.</summary>
    public bool IsOver(DateTimeOffset now) => IsRevoked || EndsAt <= now || IdleEndsAt <= now;
}
