namespace Smcp.Runtimes.Upstream.Http;

/// <summary>Where a link leads: the endpoint, what carries requests there, and by which credentials, if any.</summary>
internal sealed record HttpLinkTarget(Uri Endpoint, HttpMessageInvoker Http, IHttpCredentials? Credentials = null)
{
    /// <summary>What is disposed of with the link, if anything.</summary>
    public IAsyncDisposable? Owned { get; init; }
}
