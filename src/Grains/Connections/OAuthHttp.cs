using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Smcp.Network.Egress;
using Smcp.Protocol;
using Smcp.Runtimes.Remote;
using Smcp.Servers;

namespace Smcp.Connections;

/// <summary>
/// Asks authorization servers: addresses that servers elsewhere name, so within limits, without redirects, and only
/// where those servers may be.
/// </summary>
internal sealed class OAuthHttp : IDisposable
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    private readonly ConnectionOptions _options;
    private readonly bool _requireTls;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http;

    public OAuthHttp(
        ServerHttp egress,
        IOptions<ConnectionOptions> options,
        IOptions<RemoteRuntimeOptions> remote,
        TimeProvider time)
    {
        _options = options.Value;
        _requireTls = remote.Value.RequireTls;
        _time = time;
        _http = new HttpMessageInvoker(egress.CreateHandler());
    }

    /// <summary>The address, if it is one that secrets may be sent to; null for any other text.</summary>
    public Uri? Address(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0
            && (uri.Scheme == Uri.UriSchemeHttps || (!_requireTls && uri.Scheme == Uri.UriSchemeHttp))
            ? uri
            : null;

    /// <summary>The JSON at an address; null for any other answer than that.</summary>
    public async Task<JsonElement?> GetAsync(ServerKey server, Uri address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var reply = await SendAsync(server, request, cancellationToken);
        return reply.Status == HttpStatusCode.OK ? reply.Json : null;
    }

    public async Task<OAuthReply> PostAsync(
        ServerKey server, Uri address, object json, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(json))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        };
        return await SendAsync(server, request, cancellationToken);
    }

    /// <summary>Posts a form as a client: its credential goes along as it said (RFC 6749 section 2.3).</summary>
    public async Task<OAuthReply> PostAsync(
        ServerKey server,
        Uri address,
        ConnectionClient client,
        IReadOnlyDictionary<string, string> fields,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        var form = new Dictionary<string, string>(fields, StringComparer.Ordinal);
        if (client is { AuthMethod: AuthMethods.Basic, Secret: { } secret })
        {
            // RFC 6749 section 2.3.1: both parts are form-encoded first.
            var pair = $"{Uri.EscapeDataString(client.Id)}:{Uri.EscapeDataString(secret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }
        else
        {
            form["client_id"] = client.Id;
            if (client is { AuthMethod: AuthMethods.Post, Secret: { } posted })
            {
                form["client_secret"] = posted;
            }
        }

        request.Content = new FormUrlEncodedContent(form);
        return await SendAsync(server, request, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<OAuthReply> SendAsync(
        ServerKey server, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Options.Set(ServerHttp.Server, server);
        using var timeout = new CancellationTokenSource(_options.RequestTimeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            using var response = await _http.SendAsync(request, both.Token);
            if (await BoundedBody.ReadAsync(response.Content, _options.AnswerBytesMax, both.Token) is not { } body)
            {
                return OAuthReply.None;
            }

            using var document = ForeignJson.Parse(body, Strict);
            var isObject = document is { RootElement.ValueKind: JsonValueKind.Object };
            return new OAuthReply(response.StatusCode, isObject ? document!.RootElement.Clone() : null);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            or EgressRefusedException
            or OperationCanceledException)
        {
            return OAuthReply.None;
        }
    }
}
