using Microsoft.AspNetCore.Http;

namespace Smcp.OAuth.Revocation;

/// <summary>There is something to revoke.</summary>
internal sealed class TokenIsGiven : IOAuthRule<OAuthExchange>
{
    private static readonly OAuthError Missing = new(
        StatusCodes.Status400BadRequest, OAuthErrorCodes.InvalidRequest, "token is missing.");

    public ValueTask<OAuthError?> CheckAsync(OAuthExchange exchange, CancellationToken cancellationToken) =>
        new(exchange.Form["token"] is null ? Missing : null);
}
