using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Smcp.Identity.Jose;
using Smcp.Network.Egress;
using Smcp.Protocol;

namespace Smcp.Identity.Federation;

/// <summary>
/// Speaks to tenants' providers: addresses that tenants name, so they are asked within limits, and never inside our
/// network unless an operator allows it.
/// </summary>
internal sealed class OidcProvider : IDisposable
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    private readonly FederationOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http;

    public OidcProvider(EgressHttp egress, IOptions<FederationOptions> options, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        _http = new HttpMessageInvoker(egress.CreateHandler());
    }

    /// <summary>The provider's metadata; null when it has none that holds.</summary>
    public async Task<ProviderMetadata?> DiscoverAsync(string issuer, CancellationToken cancellationToken) =>
        await GetAsync(ProviderMetadata.LocationOf(issuer), cancellationToken) is { } json
            ? ProviderMetadata.Read(json, issuer)
            : null;

    public async Task<IReadOnlyList<VerificationKey>> ReadKeysAsync(
        ProviderMetadata metadata, CancellationToken cancellationToken) =>
        await GetAsync(metadata.Keys, cancellationToken) is { } json ? VerificationKey.ReadSet(json) : [];

    /// <summary>Exchanges a code; the text of the ID token, null without one.</summary>
    public async Task<string?> RedeemAsync(
        ProviderMetadata metadata, CodeExchange exchange, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, metadata.Token);
        var fields = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = exchange.Code,
            ["redirect_uri"] = exchange.RedirectUri,
            ["code_verifier"] = exchange.Verifier,
            ["client_id"] = exchange.ClientId,
        };
        if (exchange.Secret is { } secret)
        {
            // RFC 6749 section 2.3.1: both parts are form-encoded first.
            var pair = $"{Uri.EscapeDataString(exchange.ClientId)}:{Uri.EscapeDataString(secret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }

        request.Content = new FormUrlEncodedContent(fields);
        return await SendAsync(request, cancellationToken) is { ValueKind: JsonValueKind.Object } json
            ? json.Text("id_token")
            : null;
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement?> GetAsync(Uri uri, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        return await SendAsync(request, cancellationToken);
    }

    /// <summary>The answer's JSON; null for any other answer, and for none in time.</summary>
    private async Task<JsonElement?> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.RequestTimeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            using var response = await _http.SendAsync(request, both.Token);
            if (response.StatusCode != HttpStatusCode.OK
                || await BoundedBody.ReadAsync(response.Content, _options.AnswerBytesMax, both.Token) is not { } body)
            {
                return null;
            }

            using var document = ForeignJson.Parse(body, Strict);
            return document?.RootElement.Clone();
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            or EgressRefusedException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
