using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Smcp.Runtimes.Worker.Bindings;

/// <summary>A request of a worker for one of its bindings.</summary>
internal sealed class BindingRequest(HttpContext http, BindingTarget target, string binding)
{
    public HttpRequest Http => http.Request;

    public HttpResponse Answer => http.Response;

    public BindingTarget Target => target;

    public CancellationToken Ended => http.RequestAborted;

    /// <summary>What keys of this binding begin with among all of the server's.</summary>
    public string Prefix { get; } = binding + "/";

    /// <summary>
    /// The path as it came, without its slash: the server's own reading would leave an encoded slash encoded, and so
    /// make two keys of one.
    /// </summary>
    public string RawPath
    {
        get
        {
            var query = RawTarget.IndexOf('?', StringComparison.Ordinal);
            return (query < 0 ? RawTarget : RawTarget[..query]).TrimStart('/');
        }
    }

    /// <summary>All of the request's target as it came: of a request to the network, a whole URL.</summary>
    public string RawTarget => http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    /// <summary>
    /// An answer without content. The phrase is what the worker's author sees of it, so it says what is wrong and
    /// nothing of what was stored.
    /// </summary>
    public void Refuse(int status, string phrase)
    {
        Answer.StatusCode = status;
        http.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = phrase;
    }
}
