using System.Net;
using Smcp.Mcp;

namespace Smcp.Runtimes.Upstream.Http;

/// <summary>
/// Sends requests with our credentials, and says of those that did not arrive whether anything may have been run.
/// </summary>
internal sealed class HttpCarrier(HttpLinkTarget target)
{
    /// <summary>The response, once its headers are here, or why there is none.</summary>
    /// <param name="make">Makes the request; twice, where a better credential is at hand.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<(HttpResponseMessage? Response, UpstreamFailure Failure)> SendAsync(
        Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        for (var renewed = false; ; renewed = true)
        {
            using var request = make();
            if (target.Credentials is { } credentials && !await credentials.ApplyAsync(request, cancellationToken))
            {
                return (null, UpstreamFailure.Unauthorized);
            }

            HttpResponseMessage response;
            try
            {
                response = await target.Http.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException exception)
            {
                return (null, exception.HttpRequestError is HttpRequestError.ConnectionError
                    or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
                    or HttpRequestError.ProxyTunnelError
                    ? UpstreamFailure.NotSent
                    : UpstreamFailure.Lost);
            }

            if (!IsRefusal(response))
            {
                return (response, UpstreamFailure.None);
            }

            using (response)
            {
                // Told of the second refusal too: it may know by that what to say.
                if (target.Credentials is null
                    || !await target.Credentials.RenewAsync(response, cancellationToken) || renewed)
                {
                    return (null, UpstreamFailure.Unauthorized);
                }
            }
        }
    }

    /// <summary>What our credentials say of it, where it is for want of them.</summary>
    public McpFault? RefusalOf(UpstreamFailure failure) =>
        failure == UpstreamFailure.Unauthorized ? target.Credentials?.Refusal : null;

    // RFC 6750 section 3: what lacks a credential is challenged.
    private static bool IsRefusal(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.Unauthorized
        || (response.StatusCode == HttpStatusCode.Forbidden && response.Headers.WwwAuthenticate.Count > 0);
}
