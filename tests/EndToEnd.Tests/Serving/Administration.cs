using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Smcp.EndToEnd.Serving;

/// <summary>The administration of a product that serves, by its operators' key.</summary>
internal sealed class Administration : IDisposable
{
    /// <summary>A package may be brought from a registry meanwhile.</summary>
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(6) };

    public Administration(Standalone smcp, string operatorKey)
    {
        _http.BaseAddress = new Uri(smcp.Url, "/api/v1/");
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", operatorKey);
    }

    /// <summary>The key that the first start of an empty folder writes.</summary>
    public static string KeyOf(string dataFolder) =>
        File.ReadAllText(Path.Combine(dataFolder, "operator.key")).Trim();

    /// <summary>What was answered, and as what.</summary>
    public Task<(int Status, JsonNode? Body)> AskAsync(string method, string path, string? body = null) =>
        SendAsync(method, path, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"));

    /// <summary>
    /// Deploys a version of a server of the tenant <c>default</c>, and brings it into use for everybody, without a
    /// credential too. What it offers is approved as it was found.
    /// </summary>
    public async Task DeployAsync(
        string server, string settings, params IEnumerable<(string Path, byte[] Content)> files)
    {
        var root = $"tenants/default/servers/{server}";
        var archive = Archive.Of([("smcp.json", Encoding.UTF8.GetBytes(settings)), .. files]);
        var made = await SendAsync("POST", $"{root}/versions", archive);
        Assert.True(made.Status == 201 && made.Body!["manifest"] is not null, $"{server}: {made.Status} {made.Body}");
        var version = $"{root}/versions/{made.Body["version"]!["number"]}";
        await DoAsync("POST", $"{version}/manifest/approve", $$"""{"hash":"{{made.Body["manifest"]}}"}""");
        await DoAsync("POST", $"{version}/activate", "{}");
        await DoAsync("PUT", $"{root}/access", """{"kind":"public"}""");
    }

    private async Task<(int Status, JsonNode? Body)> SendAsync(string method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = content };
        if (method is "DELETE" or "PUT")
        {
            request.Headers.TryAddWithoutValidation("If-Match", "*");
        }

        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    /// <summary>What was answered to a request that must succeed.</summary>
    public async Task<JsonNode?> DoAsync(string method, string path, string? body = null)
    {
        var (status, answer) = await AskAsync(method, path, body);
        Assert.True(status is >= 200 and < 300, $"{method} {path}: {status} {answer}");
        return answer;
    }

    /// <summary>Begins a tenant, and gives it a key for its administration.</summary>
    public async Task<string> ProvisionAsync(string tenant)
    {
        await DoAsync("POST", "tenants", $$"""{"id":"{{tenant}}"}""");
        return await KeyAsync(tenant, "mcp:admin");
    }

    /// <summary>A key of a tenant that may do everything within these scopes.</summary>
    public async Task<string> KeyAsync(string tenant, string scopes)
    {
        var list = string.Join(',', scopes.Split(' ').Select(scope => $"\"{scope}\""));
        var made = await DoAsync(
            "POST", $"tenants/{tenant}/keys", $$"""{"name":"k","scopes":[{{list}}],"roles":["admin"]}""");
        return made!["text"]!.GetValue<string>();
    }

    /// <summary>Invites a user, who is there from then on; the id.</summary>
    public async Task<string> InviteAsync(string tenant, string name)
    {
        var body = $$"""{"loginName":"{{name}}","roles":["mcp-user"]}""";
        return (await DoAsync("POST", $"tenants/{tenant}/users", body))!["user"]!["id"]!.GetValue<string>();
    }

    /// <summary>The users of a tenant, in order.</summary>
    public async Task<IReadOnlyList<string>> UsersAsync(string tenant) =>
    [
        .. (await DoAsync("GET", $"tenants/{tenant}/users"))!["items"]!.AsArray()
            .Select(user => user!["id"]!.GetValue<string>()),
    ];

    public void Dispose() => _http.Dispose();
}
