using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Smcp.Protocol;

namespace Smcp;

/// <summary>What clients of each era put on the wire, spelled out.</summary>
internal static class McpWire
{
    public const string Path = "/t/default/s/echo/mcp";

    /// <summary>A POST with the headers that every client sends.</summary>
    public static HttpRequestMessage Post(string body, params (string Name, string Value)[] headers)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return With(new HttpRequestMessage(HttpMethod.Post, Path) { Content = content },
            [("Accept", "application/json, text/event-stream"), .. headers]);
    }

    public static HttpRequestMessage Get(params (string Name, string Value)[] headers) =>
        With(new HttpRequestMessage(HttpMethod.Get, Path), [("Accept", "text/event-stream"), .. headers]);

    public static HttpRequestMessage Delete(params (string Name, string Value)[] headers) =>
        With(new HttpRequestMessage(HttpMethod.Delete, Path), headers);

    public static string Initialize(string version) =>
        Request("initialize", $$$"""
            {"protocolVersion":"{{{version}}}","capabilities":{},"clientInfo":{"name":"t","version":"1"}}
            """);

    public static string Request(string method, string? parameters = null, string id = "1") =>
        parameters is null
            ? $$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}"}"""
            : $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"{{{method}}}","params":{{{parameters}}}}""";

    /// <summary>A message of 2026-07-28, with its <c>_meta</c> and headers; null leaves a header out.</summary>
    public static HttpRequestMessage Stateless(
        string method, string parameters = "{}", params (string Name, string? Value)[] instead)
    {
        var body = JsonNode.Parse(parameters)!.AsObject();
        body["_meta"] ??= JsonNode.Parse($$$"""
            {"{{{McpMetaKeys.ProtocolVersion}}}":"2026-07-28","{{{McpMetaKeys.ClientCapabilities}}}":{}}
            """);
        var headers = new Dictionary<string, string?>
        {
            [McpHeaders.ProtocolVersion] = "2026-07-28",
            [McpHeaders.Method] = method,
        };
        if (body["name"] is JsonValue name && name.GetValueKind() == JsonValueKind.String)
        {
            headers[McpHeaders.Name] = name.GetValue<string>();
        }

        foreach (var (header, value) in instead)
        {
            headers[header] = value;
        }

        return Post(
            Request(method, body.ToJsonString()),
            [.. headers.Where(pair => pair.Value is not null).Select(pair => (pair.Key, pair.Value!))]);
    }

    /// <summary>Opens a session of a revision and returns the headers that its later requests have.</summary>
    public static async Task<(string Id, (string, string)[] Headers)> OpenSessionAsync(
        this GatewayHost host, string version)
    {
        using var response = await host.Client.SendAsync(Post(Initialize(version)));
        response.EnsureSuccessStatusCode();
        var id = response.Headers.GetValues(McpHeaders.SessionId).Single();
        return (id, version is "2024-11-05" or "2025-03-26"
            ? [(McpHeaders.SessionId, id)]
            : [(McpHeaders.SessionId, id), (McpHeaders.ProtocolVersion, version)]);
    }

    public static async Task<(int Status, JsonNode? Body)> SendAsync(this GatewayHost host, HttpRequestMessage request)
    {
        using var response = await host.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public static int Code(this JsonNode? body) => body!["error"]!["code"]!.GetValue<int>();

    private static HttpRequestMessage With(HttpRequestMessage request, (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            Assert.True(request.Headers.TryAddWithoutValidation(name, value), $"The client would not send {name}.");
        }

        return request;
    }
}
