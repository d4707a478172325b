namespace Smcp.Identity.OAuth.Grants;

/// <summary>
/// What a redemption of a refresh token must pass, in order (RFC 9700 section 4.14). Whoever fails rotated nothing;
/// only a token that this grant once gave out, shown by its own client, can be a reuse.
/// </summary>
internal static class RefreshRules
{
    private delegate TokenRefusal? RefreshRule(Attempt attempt);

    private static readonly RefreshRule[] All =
    [
        GrantIsRefreshed,
        TokenWasGivenOut,
        ClientIsTheGrants,
        GrantIsNotRevoked,
        TokenIsNotReused,
        GrantIsInTime,
        ResourceIsTheGrants,
        ScopesAreTheGrants,
    ];

    /// <summary>Why the token is not exchanged; null when it is.</summary>
    public static TokenRefusal? Check(
        GrantState grant, RefreshToken? token, RefreshRedemption redemption, DateTimeOffset now, TimeSpan leeway)
    {
        var attempt = new Attempt(grant, token, redemption, now, leeway);
        foreach (var rule in All)
        {
            if (rule(attempt) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>Whether it is the current token.</summary>
    public static bool IsCurrent(RefreshChain chain, RefreshToken token) =>
        token.Generation == chain.Generation
        && Secret.IsSame(chain.Digest, token.Digest);

    private static TokenRefusal? GrantIsRefreshed(Attempt attempt) =>
        attempt.Grant.Client is null || attempt.Grant.Refresh is null ? TokenRefusal.UnknownGrant : null;

    private static TokenRefusal? TokenWasGivenOut(Attempt attempt) =>
        attempt.Token is null || attempt.Token.Generation > attempt.Grant.Refresh!.Generation
            ? TokenRefusal.Unmatched
            : null;

    private static TokenRefusal? ClientIsTheGrants(Attempt attempt) =>
        attempt.Grant.Client == attempt.Redemption.Client ? null : TokenRefusal.OtherClient;

    private static TokenRefusal? GrantIsNotRevoked(Attempt attempt) =>
        attempt.Grant.IsRevoked ? TokenRefusal.Revoked : null;

    private static TokenRefusal? TokenIsNotReused(Attempt attempt) =>
        IsCurrent(attempt.Grant.Refresh!, attempt.Token!) || IsLostAnswer(attempt) ? null : TokenRefusal.RefreshReused;

    private static TokenRefusal? GrantIsInTime(Attempt attempt) =>
        attempt.Grant.IsOver(attempt.Now) ? TokenRefusal.Expired : null;

    private static TokenRefusal? ResourceIsTheGrants(Attempt attempt) =>
        attempt.Redemption.Resource is null || attempt.Redemption.Resource == attempt.Grant.Resource
            ? null
            : TokenRefusal.OtherResource;

    private static TokenRefusal? ScopesAreTheGrants(Attempt attempt) =>
        attempt.Redemption.Scopes is not { } asked || asked.All(scope => IsOf(attempt.Grant.Scopes, scope))
            ? null
            : TokenRefusal.ScopeTooBroad;

    /// <summary>
    /// The client shows the token before the current one, soon, and the current one was never shown: the answer that
    /// carried it was lost. The token must lead to the current one, so it is the one that was replaced.
    /// </summary>
    private static bool IsLostAnswer(Attempt attempt)
    {
        var chain = attempt.Grant.Refresh!;
        return attempt.Token!.Generation == chain.Generation - 1
            && attempt.Now - chain.RotatedAt <= attempt.Leeway
            && IsCurrent(chain, attempt.Token.Next(chain.Salt));
    }

    private static bool IsOf(IReadOnlyList<string> granted, string scope) =>
        granted.Contains(scope) || McpScopes.Cover(granted, scope) && McpScopes.All.Contains(scope)
        || scope == McpScopes.OfflineAccess;

    private sealed record Attempt(
        GrantState Grant, RefreshToken? Token, RefreshRedemption Redemption, DateTimeOffset Now, TimeSpan Leeway);
}
