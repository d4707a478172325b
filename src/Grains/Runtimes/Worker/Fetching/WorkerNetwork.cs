using System.Net;
using System.Text;
using Smcp.Network.Egress;
using Smcp.Network.Egress.Proxying;

namespace Smcp.Runtimes.Worker.Fetching;

/// <summary>
/// The network as one process may reach it: what it is allowed, and the connections that were made for it. Redirects
/// are the worker's own to follow, and each is asked for like any other request.
/// </summary>
internal sealed class WorkerNetwork : IDisposable
{
    private readonly HttpMessageInvoker _http;

    public WorkerNetwork(EgressGate gate, EgressHttp http)
    {
        Gate = gate;
        var handler = http.CreateHandler(ConnectAsync);
        handler.RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8;
        handler.ResponseHeaderEncodingSelector = static (_, _) => Encoding.UTF8;
        handler.ActivityHeadersPropagator = null;
        _http = new HttpMessageInvoker(handler);
    }

    public EgressGate Gate { get; }

    /// <summary>Bytes that a request or an answer may have.</summary>
    public long BytesMax => Gate.Options.ConnectionBytesMax;

    /// <summary>Answers when the head of the answer is there.</summary>
    /// <exception cref="HttpRequestException">
    /// There is none; by an <see cref="EgressRefusedException"/> where it would have come from an internal address.
    /// </exception>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _http.SendAsync(request, cancellationToken);

    public void Dispose() => _http.Dispose();

    /// <summary>Checks the very host that is connected to, whatever was made of the URL before.</summary>
    private async ValueTask<Stream> ConnectAsync(DnsEndPoint host, CancellationToken cancellationToken)
    {
        if (EgressPlace.Of(host.Host, host.Port) is not { } place)
        {
            throw new EgressRefusedException(host.Host);
        }

        var (stream, failure) = await Gate.ConnectAsync(place, cancellationToken);
        return stream is not null ? new CountedStream(stream, Gate.Tally)
            : failure == EgressFailure.NotAllowed ? throw new EgressRefusedException(place.Host)
            : throw new IOException(EgressGate.Sentence(failure, place));
    }
}
