using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Smcp.Bench.Peers;

/// <summary>Prepares a server over <c>/api/v1</c>, by the operators' key of its first start.</summary>
internal sealed class OperatorClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly AuthenticationHeaderValue _operator;

    public OperatorClient(Uri server, string dataFolder)
    {
        var key = File.ReadAllText(Path.Combine(dataFolder, "operator.key")).Trim();
        _http = new HttpClient { BaseAddress = new Uri(server, "/api/v1/") };
        _operator = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Gives a tenant every quota there is on requests, far above what is asked of it.</summary>
    public async Task SetQuotasAsync(string tenant = "default", long requestsPerMinute = 1_000_000_000)
    {
        const int places = 100_000;
        var quotas = new
        {
            requestsPerMinute,
            sessionRequestsPerMinute = requestsPerMinute,
            principalRequestsPerMinute = requestsPerMinute,
            sessions = places,
            streams = places,
            concurrency = places,
        };
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"tenants/{tenant}/configuration")
        {
            Content = JsonContent.Create(
                new { quotas }, new MediaTypeHeaderValue("application/merge-patch+json")),
        };
        await SendAsync(request);
    }

    /// <summary>Begins a tenant that has one server.</summary>
    public async Task ProvisionAsync(string tenant, string source)
    {
        using var made = new HttpRequestMessage(HttpMethod.Post, "tenants")
        {
            Content = JsonContent.Create(new { id = tenant }),
        };
        await SendAsync(made);
        using var deployed = new HttpRequestMessage(HttpMethod.Put, $"tenants/{tenant}/servers/{source}")
        {
            Content = JsonContent.Create(new { source }),
        };
        await SendAsync(deployed);
    }

    /// <summary>Makes a bundle the version that a new server runs.</summary>
    public async Task DeployAsync(string server, byte[] bundle)
    {
        var versions = $"tenants/default/servers/{server}/versions";
        using var upload = new HttpRequestMessage(HttpMethod.Post, versions + "?new=true")
        {
            Content = new ByteArrayContent(bundle),
        };
        upload.Content.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        var made = await SendAsync(upload);
        var number = made.GetProperty("version").GetProperty("number").GetInt64();
        using var activation = new HttpRequestMessage(HttpMethod.Post, $"{versions}/{number}/activate")
        {
            Content = JsonContent.Create(new { }),
        };
        await SendAsync(activation);
    }

    /// <summary>Makes an API key that may call tools; its text.</summary>
    public async Task<string> CreateKeyAsync(string tenant = "default")
    {
        string[] scopes = ["mcp:tools"];
        string[] roles = ["mcp-user"];
        using var request = new HttpRequestMessage(HttpMethod.Post, $"tenants/{tenant}/keys")
        {
            Content = JsonContent.Create(new { name = "bench", scopes, roles }),
        };
        return (await SendAsync(request)).GetProperty("text").GetString()!;
    }

    /// <summary>Registers a client that acts for itself; an access token of its for a server.</summary>
    public async Task<string> IssueTokenAsync(Uri resource)
    {
        string[] scopes = ["mcp:tools"];
        string[] roles = ["mcp-user"];
        using var registration = new HttpRequestMessage(HttpMethod.Post, "tenants/default/clients")
        {
            Content = JsonContent.Create(new { name = "bench", authentication = "secretPost", scopes, roles }),
        };
        var registered = await SendAsync(registration);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(resource, "/token"))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = registered.GetProperty("client").GetProperty("id").GetString()!,
                ["client_secret"] = registered.GetProperty("secret").GetString()!,
                ["resource"] = resource.ToString(),
            }),
        };
        return (await SendAsync(request)).GetProperty("access_token").GetString()!;
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> SendAsync(HttpRequestMessage request)
    {
        request.Headers.Authorization = request.Content is FormUrlEncodedContent ? null : _operator;
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonDocument.Parse(text).RootElement
            : throw new InvalidOperationException($"{request.RequestUri} gave {(int)answer.StatusCode}: {text}");
    }
}
