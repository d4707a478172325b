using Smcp.Engine;

namespace Smcp.Identity.OAuth.Grants;

/// <summary>Keeps one grant.</summary>
internal class GrantGrain(IActivationContext activation) : IGrantGrain
{
    public Task<CodeIssue> AuthorizeAsync(
        CallContext context, GrantRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException(activation.Key);

    public Task<TokenOutcome> RedeemAsync(CodeRedemption redemption, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<TokenOutcome> RefreshAsync(RefreshRedemption redemption, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<TokenOutcome> IssueAsync(ClientTokenRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task RevokeTokenAsync(TokenRevocation revocation, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task RevokeAsync(CallContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<CredentialLookup> DescribeAsync(string accessTokenId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(CredentialLookup.Refused("unknown"));
}
