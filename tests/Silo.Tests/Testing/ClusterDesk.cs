using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Smcp.Testing;

/// <summary>The administration of the tenant <c>default</c> by the operators' key, at whichever gateway.</summary>
internal sealed class ClusterDesk : IDisposable
{
    private readonly HttpClient _http = new();
    private readonly IReadOnlyList<Uri> _gateways;

    public ClusterDesk(IReadOnlyList<Uri> gateways, string operatorKey)
    {
        _gateways = gateways;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", operatorKey.Trim());
    }

    /// <summary>A key that clients show.</summary>
    public async Task<string> IssueKeyAsync()
    {
        var made = await AskAsync(
            0, "keys", """{"name":"clients","scopes":["mcp:read","mcp:tools"],"roles":["mcp-user"]}""");
        return made!["text"]!.GetValue<string>();
    }

    /// <summary>Makes a version, of files where there are any, and brings it into use; its number.</summary>
    public async Task<long> DeployAsync(
        int gateway, string server, string settings, params (string Path, string Content)[] files)
    {
        var versions = $"servers/{server}/versions?new=true";
        var made = files.Length == 0
            ? await AskAsync(gateway, versions, settings)
            : await SendAsync(gateway, versions, Bundle([("smcp.json", settings), .. files]));
        var number = made!["version"]!["number"]!.GetValue<long>();
        await ActivateAsync(gateway, server, number);
        return number;
    }

    public Task ActivateAsync(int gateway, string server, long version) =>
        AskAsync(gateway, $"servers/{server}/versions/{version}/activate", "{}");

    public Task RevokeAsync(int gateway, string server, long version) =>
        SendAsync(gateway, $"servers/{server}/versions/{version}/revoke", null);

    public void Dispose() => _http.Dispose();

    private Task<JsonNode?> AskAsync(int gateway, string path, string body) =>
        SendAsync(gateway, path, new StringContent(body, Encoding.UTF8, "application/json"));

    private async Task<JsonNode?> SendAsync(int gateway, string path, HttpContent? content)
    {
        using var response = await _http.PostAsync(
            new Uri(_gateways[gateway], $"/api/v1/tenants/default/{path}"), content);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(text)
            : throw new InvalidOperationException($"{path}: {(int)response.StatusCode} {text}");
    }

    private static ByteArrayContent Bundle((string Path, string Content)[] files)
    {
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in files)
            {
                using var writer = new StreamWriter(zip.CreateEntry(path).Open());
                writer.Write(content);
            }
        }

        return new ByteArrayContent(archive.ToArray())
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/zip") },
        };
    }
}
