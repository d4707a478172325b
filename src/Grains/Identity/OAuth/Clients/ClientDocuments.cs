using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Network.Egress;

namespace Smcp.Identity.OAuth.Clients;

/// <summary>
/// Fetches the documents of clients whose id is a URL: an address that anybody may name, so it is asked within limits,
/// and never inside our network.
/// </summary>
internal sealed partial class ClientDocuments : IDisposable
{
    private readonly ClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly HttpMessageInvoker _http;
    private readonly FetchPlaces _places;

    public ClientDocuments(
        EgressHttp egress, TimeProvider time, IOptions<ClientOptions> options, ILogger<ClientDocuments> logger)
    {
        _options = options.Value;
        _time = time;
        _logger = logger;
        _http = new HttpMessageInvoker(egress.CreateHandler());
        _places = new FetchPlaces(_options, time);
    }

    /// <summary>The client that is described there, or what is wrong; given up when nobody waits any more.</summary>
    public async Task<ClientDocument> FetchAsync(ClientId client, CancellationToken cancellationToken)
    {
        if (ClientDocumentUrl.Parse(client.ToString()) is not { } url)
        {
            return ClientDocument.Refused("The client id is not an https URL of a document.");
        }

        using var place = await _places.TryEnterAsync([url.Host], cancellationToken);
        if (place is null)
        {
            return ClientDocument.Refused("Too many documents are being fetched; try again in a moment.");
        }

        using var timeout = new CancellationTokenSource(_options.DocumentTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await FetchAsync(client, url, either.Token);
        }
        catch (Exception exception) when (
            exception is HttpRequestException or IOException or OperationCanceledException)
        {
            LogFailed(_logger, url.Host, exception);
            return ClientDocument.Refused("The client's document cannot be fetched.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _places.Dispose();
    }

    private async Task<ClientDocument> FetchAsync(ClientId client, Uri url, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var response = await _http.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return ClientDocument.Refused("The client's document is not there.");
        }

        if (!IsJson(response.Content.Headers.ContentType?.MediaType))
        {
            return ClientDocument.Refused("The client's document is not JSON.");
        }

        var body = await BoundedBody.ReadAsync(response.Content, _options.DocumentBytesMax, cancellationToken);
        if (body is null)
        {
            return ClientDocument.Refused($"The client's document has more than {_options.DocumentBytesMax} bytes.");
        }

        if (ClientMetadata.Read(body.Value) is not { } metadata)
        {
            return ClientDocument.Refused("The client's document is not a JSON object.");
        }

        return ClientMetadataRules.CheckDocument(metadata, client, _options) is { } problem
            ? ClientDocument.Refused(problem.Description)
            : new ClientDocument(
                Clients.Of(client, ClientSource.Document, ClientAuthentication.None, metadata, _time.GetUtcNow()),
                Problem: null,
                LifetimeOf(response.Headers.CacheControl));
    }

    private static bool IsJson(string? mediaType) =>
        mediaType is "application/json"
        || mediaType?.StartsWith("application/", StringComparison.Ordinal) == true
            && mediaType.EndsWith("+json", StringComparison.Ordinal);

    private TimeSpan LifetimeOf(CacheControlHeaderValue? cache)
    {
        var lifetime = cache switch
        {
            { NoStore: true } or { NoCache: true } => TimeSpan.Zero,
            { MaxAge: { } maxAge } => maxAge,
            _ => _options.DocumentLifetime,
        };
        return lifetime < _options.DocumentLifetimeMax ? lifetime : _options.DocumentLifetimeMax;
    }
}
