using Smcp.Mcp;

namespace Smcp.Runtimes.Upstream.Http;

/// <summary>What a link shows its server to be let in: our own, never what a client showed us.</summary>
internal interface IHttpCredentials
{
    /// <summary>
    /// What is said, in place of the usual words, of a request for which there was no credential or none that was
    /// accepted; null for those.
    /// </summary>
    McpFault? Refusal => null;

    /// <summary>Puts what is known onto a request. False where what it needs is not at hand.</summary>
    ValueTask<bool> ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken);

    /// <summary>
    /// The server refused (401, or 403 with a challenge). Whether there is a better credential now, and it is worth to
    /// ask once more.
    /// </summary>
    ValueTask<bool> RenewAsync(HttpResponseMessage refusal, CancellationToken cancellationToken);
}
