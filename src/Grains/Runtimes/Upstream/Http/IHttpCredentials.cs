namespace Smcp.Runtimes.Upstream.Http;

/// <summary>What a link shows its server to be let in: our own, never what a client showed us.</summary>
internal interface IHttpCredentials
{
    /// <summary>Puts what is known onto a request. False where what it needs is not at hand.</summary>
    ValueTask<bool> ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken);

    /// <summary>
    /// The server refused (401, or 403 with a challenge). Whether there is a better credential now, and it is worth to
    /// ask once more.
    /// </summary>
    ValueTask<bool> RenewAsync(HttpResponseMessage refusal, CancellationToken cancellationToken);
}
