using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Smcp.OAuth;

/// <summary>The body is one form, within its limits (RFC 6749 section 3.2).</summary>
internal sealed class RequestIsAForm(IOptions<OAuthOptions> options) : IOAuthRule<OAuthExchange>
{
    private static readonly OAuthError NoForm = new(
        StatusCodes.Status400BadRequest,
        OAuthErrorCodes.InvalidRequest,
        "The body must be a form (application/x-www-form-urlencoded) within the limits.");

    public async ValueTask<OAuthError?> CheckAsync(OAuthExchange exchange, CancellationToken cancellationToken)
    {
        var form = await OAuthForm.ReadAsync(exchange.Http.Request, options.Value, cancellationToken);
        exchange.Form = form ?? OAuthForm.Empty;
        return form is null ? NoForm : null;
    }
}
