using System.Text;
using Microsoft.AspNetCore.Http;
using Smcp.Network.Egress.Proxying;
using Smcp.Runtimes.Worker.Bindings;

namespace Smcp.Runtimes.Worker.Fetching;

/// <summary>
/// What a worker gets in place of an answer: a status and a sentence for its author, and a header that no other host
/// can send it.
/// </summary>
internal static class FetchErrors
{
    public static Task RefuseAsync(BindingRequest request, EgressFailure failure, EgressPlace place) =>
        failure == EgressFailure.NotAllowed
            ? RefuseAsync(
                request, StatusCodes.Status403Forbidden, "not-allowed", EgressGate.Sentence(failure, place))
            : RefuseAsync(
                request, StatusCodes.Status502BadGateway, "not-reached", EgressGate.Sentence(failure, place));

    public static Task RefuseTooManyAsync(BindingRequest request) => RefuseAsync(
        request, StatusCodes.Status429TooManyRequests, "too-many", "Too many subrequests: this call used up its own.");

    public static async Task RefuseAsync(BindingRequest request, int status, string word, string sentence)
    {
        request.Answer.Clear();
        request.Answer.StatusCode = status;
        request.Answer.ContentType = "text/plain; charset=utf-8";
        request.Answer.Headers[FetchHeaders.Refusal] = word;
        var text = Encoding.UTF8.GetBytes(sentence + "\n");
        request.Answer.ContentLength = text.Length;
        await request.Answer.Body.WriteAsync(text, request.Ended);
    }
}
