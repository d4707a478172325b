using System.Net;
using Smcp.Mcp;

namespace Smcp.Runtimes.Upstream.Http;

/// <summary>
/// Sends requests with our credentials, and says of those that did not arrive whether anything may have been run.
/// </summary>
internal sealed class HttpCarrier(HttpLinkTarget target)
{
    /// <summary>
    /// The response, once its headers are here, or why there is none; with what may be said of it in place of the usual
    /// words.
    /// </summary>
    /// <param name="make">Makes the request; twice, where a better credential is at hand.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<(HttpResponseMessage? Response, UpstreamFailure Failure, McpFault? Refusal)> SendAsync(
        Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        for (var renewed = false; ; renewed = true)
        {
            using var request = make();
            if (target.Credentials is { } credentials && !await credentials.ApplyAsync(request, cancellationToken))
            {
                return (null, UpstreamFailure.Unauthorized, credentials.Refusal);
            }

            HttpResponseMessage response;
            try
            {
                response = await target.Http.SendAsync(request, cancellationToken);
            }
            catch (HttpRefusedException exception)
            {
                return (null, UpstreamFailure.NotSent, exception.Fault);
            }
            catch (HttpRequestException exception)
            {
                return (null, exception.HttpRequestError is HttpRequestError.ConnectionError
                    or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
                    or HttpRequestError.ProxyTunnelError
                    ? UpstreamFailure.NotSent
                    : UpstreamFailure.Lost, null);
            }

            if (!IsRefusal(response))
            {
                return (response, UpstreamFailure.None, null);
            }

            using (response)
            {
                // Told of the second refusal too: it may know by that what to say.
                if (target.Credentials is null
                    || !await target.Credentials.RenewAsync(response, cancellationToken) || renewed)
                {
                    return (null, UpstreamFailure.Unauthorized, target.Credentials?.Refusal);
                }
            }
        }
    }

    // RFC 6750 section 3: what lacks a credential is challenged.
    private static bool IsRefusal(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.Unauthorized
        || (response.StatusCode == HttpStatusCode.Forbidden && response.Headers.WwwAuthenticate.Count > 0);
}
