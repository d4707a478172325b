using System.Security.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Smcp.Network.Egress;
using Smcp.Network.Egress.Proxying;
using Smcp.Runtimes.Worker.Bindings;

namespace Smcp.Runtimes.Worker.Fetching;

/// <summary>
/// Answers a worker's <c>fetch</c>: workerd sends each request here, whole URL and all, and it is made from here where
/// the server's rules allow its host (docs/decisions/0084).
/// </summary>
internal static class FetchBinding
{
    private static readonly UriCreationOptions AsWritten = new()
    {
        DangerousDisablePathAndQueryCanonicalization = true,
    };

    public static async Task AnswerAsync(BindingRequest request, WorkerNetwork network)
    {
        if (HttpMethods.IsConnect(request.Http.Method))
        {
            network.Gate.Refuse(EgressDenial.NotARequest);
            await FetchErrors.RefuseAsync(
                request, StatusCodes.Status405MethodNotAllowed, "not-allowed", "A worker has no sockets, only fetch.");
            return;
        }

        if (!Uri.TryCreate(request.RawTarget, AsWritten, out var url)
            || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
            || EgressPlace.Of(url.IdnHost, url.Port) is not { } place)
        {
            network.Gate.Refuse(EgressDenial.NotARequest);
            await FetchErrors.RefuseAsync(
                request, StatusCodes.Status403Forbidden, "not-allowed",
                "This is no place that a server may connect to: only names of hosts are, by http and https.");
            return;
        }

        if (request.Http.Headers.ContainsKey("Upgrade"))
        {
            await FetchErrors.RefuseAsync(
                request, StatusCodes.Status501NotImplemented, "not-offered", "A worker cannot open WebSockets.");
            return;
        }

        // Asked before a connection that is there already is used.
        if (!network.Gate.Allows(place))
        {
            await FetchErrors.RefuseAsync(request, EgressFailure.NotAllowed, place);
            return;
        }

        await SendAsync(request, network, url, place);
    }

    private static async Task SendAsync(BindingRequest request, WorkerNetwork network, Uri url, EgressPlace place)
    {
        using var outgoing = new HttpRequestMessage(new HttpMethod(request.Http.Method), url);
        using var content = ContentOf(request, network.BytesMax);
        outgoing.Content = content;
        FetchHeaders.Copy(request.Http, outgoing);
        HttpResponseMessage answer;
        try
        {
            answer = await network.SendAsync(outgoing, request.Ended);
        }
        catch (HttpRequestException exception) when (exception.InnerException is EgressRefusedException)
        {
            await FetchErrors.RefuseAsync(request, EgressFailure.NotAllowed, place);
            return;
        }
        catch (HttpRequestException exception) when (exception.InnerException is AuthenticationException)
        {
            await FetchErrors.RefuseAsync(
                request, StatusCodes.Status502BadGateway, "not-reached",
                $"{place} did not prove by TLS to be that host.");
            return;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            await FetchErrors.RefuseAsync(request, EgressFailure.NotReached, place);
            return;
        }

        using (answer)
        {
            await AnswerAsync(request, answer, network.BytesMax);
        }
    }

    private static HttpContent? ContentOf(BindingRequest request, long bytesMax)
    {
        var hasContent = request.Http.HttpContext.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>()
            .CanHaveBody;
        return hasContent ? new StreamContent(new BoundedStream(request.Http.Body, bytesMax))
            : request.Http.Headers.ContentType.Count > 0 ? new ByteArrayContent([])
            : null;
    }

    private static async Task AnswerAsync(BindingRequest request, HttpResponseMessage answer, long bytesMax)
    {
        request.Answer.StatusCode = (int)answer.StatusCode;
        request.Answer.HttpContext.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase =
            answer.ReasonPhrase;
        FetchHeaders.Copy(answer, request.Answer);
        if (HttpMethods.IsHead(request.Http.Method) || answer.StatusCode is System.Net.HttpStatusCode.NoContent
            or System.Net.HttpStatusCode.ResetContent or System.Net.HttpStatusCode.NotModified)
        {
            return;
        }

        // What comes slowly is to be seen as it comes.
        await request.Answer.StartAsync(request.Ended);
        await using var content = new BoundedStream(
            await answer.Content.ReadAsStreamAsync(request.Ended), bytesMax);
        await content.CopyToAsync(request.Answer.Body, request.Ended);
    }
}
