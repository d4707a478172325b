namespace Smcp.Identity.OAuth.Grants;

/// <summary>
/// What a redemption of a refresh token must pass, in order (RFC 9700 section 4.14). Whoever fails rotated nothing;
/// only a token that this grant once gave out, shown by its own client, can be a reuse.
/// </summary>
internal static class RefreshRules
{
    private delegate TokenRefusal? RefreshRule(RefreshAttempt attempt);

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
    public static TokenRefusal? Check(RefreshAttempt attempt)
    {
        foreach (var rule in All)
        {
            if (rule(attempt) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private static TokenRefusal? GrantIsRefreshed(RefreshAttempt attempt) =>
        attempt.Grant.Client is null || attempt.Grant.Refresh is null ? TokenRefusal.UnknownGrant : null;

    private static TokenRefusal? TokenWasGivenOut(RefreshAttempt attempt) =>
        attempt.Token is null || attempt.Token.Generation > attempt.Grant.Refresh!.Generation
            ? TokenRefusal.Unmatched
            : null;

    private static TokenRefusal? ClientIsTheGrants(RefreshAttempt attempt) =>
        attempt.Grant.Client == attempt.Redemption.Client ? null : TokenRefusal.OtherClient;

    private static TokenRefusal? GrantIsNotRevoked(RefreshAttempt attempt) =>
        attempt.Grant.IsRevoked ? TokenRefusal.Revoked : null;

    private static TokenRefusal? TokenIsNotReused(RefreshAttempt attempt) =>
        attempt.Match == RefreshMatch.Current || IsLostAnswer(attempt) ? null : TokenRefusal.RefreshReused;

    private static TokenRefusal? GrantIsInTime(RefreshAttempt attempt) =>
        attempt.Grant.IsOver(attempt.Now) ? TokenRefusal.Expired : null;

    private static TokenRefusal? ResourceIsTheGrants(RefreshAttempt attempt) =>
        attempt.Redemption.Resource is null || attempt.Redemption.Resource == attempt.Grant.Resource
            ? null
            : TokenRefusal.OtherResource;

    private static TokenRefusal? ScopesAreTheGrants(RefreshAttempt attempt) =>
        attempt.Redemption.Scopes is not { } asked || asked.All(scope => IsOf(attempt.Grant.Scopes, scope))
            ? null
            : TokenRefusal.ScopeTooBroad;

    /// <summary>
    /// The client shows the token before the current one, soon, and the current one was never shown: the answer that
    /// carried it was lost.
    /// </summary>
    private static bool IsLostAnswer(RefreshAttempt attempt) =>
        attempt.Match == RefreshMatch.BeforeCurrent
        && attempt.Now - attempt.Grant.Refresh!.RotatedAt <= attempt.Leeway;

    private static bool IsOf(IReadOnlyList<string> granted, string scope) =>
        granted.Contains(scope) || McpScopes.Cover(granted, scope) && McpScopes.All.Contains(scope)
        || scope == McpScopes.OfflineAccess;
}
