using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Identity.Jose;
using Smcp.Network.Egress;
using Smcp.Protocol;

namespace Smcp.Identity.OAuth.Clients;

/// <summary>
/// Fetches the keys of clients that are registered with an address of them: one that administrators of a tenant name,
/// so it is asked like the address of a document, within limits, and never inside our network.
/// </summary>
internal sealed partial class ClientKeySets : IDisposable
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    private readonly ClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly HttpMessageInvoker _http;
    private readonly FetchPlaces _places;

    public ClientKeySets(
        EgressHttp egress, TimeProvider time, IOptions<ClientOptions> options, ILogger<ClientKeySets> logger)
    {
        _options = options.Value;
        _time = time;
        _logger = logger;
        _http = new HttpMessageInvoker(egress.CreateHandler());
        _places = new FetchPlaces(_options, time);
    }

    /// <summary>The keys there; null where there is no key set to be had now.</summary>
    public async Task<ClientKeySet?> FetchAsync(Uri address, TenantId? tenant)
    {
        // With a dot in front a tenant's name is no host's.
        using var place = await _places.TryEnterAsync([$".{tenant}", address.Host], CancellationToken.None);
        if (place is null)
        {
            LogFailed(_logger, address.Host, "no place got free in time");
            return null;
        }

        using var timeout = new CancellationTokenSource(_options.DocumentTimeout, _time);
        try
        {
            return await FetchAsync(address, timeout.Token);
        }
        catch (Exception exception) when (
            exception is HttpRequestException or IOException or OperationCanceledException)
        {
            LogFailed(_logger, address.Host, exception.Message);
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _places.Dispose();
    }

    private async Task<ClientKeySet?> FetchAsync(Uri address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/jwk-set+json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var response = await _http.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK
            || await BoundedBody.ReadAsync(response.Content, _options.KeySetBytesMax, cancellationToken)
                is not { } body)
        {
            LogFailed(_logger, address.Host, $"{(int)response.StatusCode}, or too long an answer");
            return null;
        }

        using var document = ForeignJson.Parse(body, Strict);
        return document is null
            ? null
            : new ClientKeySet(
                VerificationKey.ReadSet(document.RootElement), LifetimeOf(response.Headers.CacheControl));
    }

    private TimeSpan LifetimeOf(CacheControlHeaderValue? cache)
    {
        var lifetime = cache switch
        {
            { NoStore: true } or { NoCache: true } => TimeSpan.Zero,
            { MaxAge: { } maxAge } => maxAge,
            _ => _options.KeySetLifetime,
        };
        return lifetime < _options.KeySetLifetimeMax ? lifetime : _options.KeySetLifetimeMax;
    }
}
