namespace Smcp.Identity.OAuth.Grants;

/// <summary>A redemption of a refresh token, and what it is judged by.</summary>
internal sealed record RefreshAttempt
{
    public required GrantState Grant { get; init; }

    /// <summary>What the text says; null where this grant never gave it out.</summary>
    public RefreshToken? Token { get; init; }

    /// <summary>Where the token stands in the grant's chain.</summary>
    public RefreshMatch Match { get; init; }

    public required RefreshRedemption Redemption { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>How long after a rotation the token before may be shown again.</summary>
    public required TimeSpan Leeway { get; init; }
}
