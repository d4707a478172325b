using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Smcp.Wire;

namespace Smcp.Usage.Billing;

/// <summary>
/// Posts closed hours as JSON to a URL, signed: <c>Smcp-Signature: t=</c> seconds of Unix time <c>,v1=</c> hex of
/// HMAC-SHA256 over <c>t.body</c>. Any 2xx takes them.
/// </summary>
internal sealed class UsageWebhook : IUsageSink, IDisposable
{
    public const string SignatureHeader = "Smcp-Signature";

    private readonly UsageWebhookOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    public UsageWebhook(IOptions<UsageWebhookOptions> options, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        // A redirect would take the rows to where nobody configured.
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            Timeout = _options.Timeout,
        };
    }

    public bool IsOn => _options.Url is not null;

    public async Task SendAsync(UsageBill bill, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(bill, WireJson.Options);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var request = Sign(body);
                using var response = await _client.SendAsync(request, cancellationToken);
                response.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException) when (attempt < _options.Attempts)
            {
                await Task.Delay(_options.RetryDelay * (1 << (attempt - 1)), _time, cancellationToken);
            }
        }
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage Sign(byte[] body)
    {
        var at = _time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{at}."), .. body];
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(_options.Secret!), signed);
        var request = new HttpRequestMessage(HttpMethod.Post, _options.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(SignatureHeader, $"t={at},v1={Convert.ToHexStringLower(signature)}");
        return request;
    }
}
