using Smcp.Engine;

namespace Smcp.Identity.OAuth;

/// <summary>
/// What somebody let a client do, and every code and token that came of it; key: <see cref="GrantKey"/>. A new one has
/// a random id. Redemptions run one at a time, and each is durable before it is answered.
/// </summary>
[Grain("oauth-grant")]
public interface IGrantGrain
{
    /// <summary>The caller, a user at the consent page, lets the client act: makes the authorization code.</summary>
    Task<CodeIssue> AuthorizeAsync(CallContext context, GrantRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// From the token endpoint: exchanges the code (OAuth 2.1 section 4.1.3). A valid request that comes twice revokes
    /// the grant; one that is not valid changes nothing.
    /// </summary>
    Task<TokenOutcome> RedeemAsync(CodeRedemption redemption, CancellationToken cancellationToken);

    /// <summary>
    /// From the token endpoint: exchanges the refresh token for a new one and an access token. An old one that is shown
    /// again revokes the grant, but for the last one within the leeway, which gives the same successor.
    /// </summary>
    Task<TokenOutcome> RefreshAsync(RefreshRedemption redemption, CancellationToken cancellationToken);

    /// <summary>From the token endpoint: a token for the client itself (client_credentials).</summary>
    Task<TokenOutcome> IssueAsync(ClientTokenRequest request, CancellationToken cancellationToken);

    /// <summary>From the revocation endpoint. Nothing happens if the token is not this client's.</summary>
    Task RevokeTokenAsync(TokenRevocation revocation, CancellationToken cancellationToken);

    /// <summary>From the list of its user's grants: ends the grant, and every token of it.</summary>
    Task EndAsync(string cause, CancellationToken cancellationToken);

    /// <summary>From the list of its user's grants: what it is; null when it is over.</summary>
    [Interleaves]
    ValueTask<GrantSummary?> SummarizeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// From a gateway that verified an access token: whom the grant speaks for now. The answer holds for 2 seconds; it
    /// is how a revocation, a disabled user and a changed role are felt.
    /// </summary>
    [Interleaves]
    ValueTask<CredentialLookup> DescribeAsync(string accessTokenId, CancellationToken cancellationToken);
}
