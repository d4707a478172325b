using Microsoft.AspNetCore.Http;

namespace Smcp.OAuth;

/// <summary>
/// No parameter is given twice (OAuth 2.1 section 3.2). RFC 8707 would allow several resources; a token of ours has one
/// audience.
/// </summary>
internal sealed class ParametersAreSingle : IOAuthRule<OAuthExchange>
{
    private static readonly OAuthError TwoResources = new(
        StatusCodes.Status400BadRequest, OAuthErrorCodes.InvalidTarget, "A token is for one resource.");

    private static readonly OAuthError Repeated = new(
        StatusCodes.Status400BadRequest, OAuthErrorCodes.InvalidRequest, "A parameter is given more than once.");

    public ValueTask<OAuthError?> CheckAsync(OAuthExchange exchange, CancellationToken cancellationToken)
    {
        var repeated = exchange.Form.Repeated.ToList();
        return new(repeated.Count == 0 ? null : repeated is ["resource"] ? TwoResources : Repeated);
    }
}
