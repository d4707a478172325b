using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Smcp.Protocol;

namespace Smcp.ResourceServer;

/// <summary>A client of one server and one revision, with a credential or without, on raw HTTP.</summary>
internal sealed class McpCaller(SecurityHost host, string revision, string? credential)
{
    private const string Stateless = "2026-07-28";
    private const string InitializeParams =
        """{"capabilities":{},"clientInfo":{"name":"t","version":"1"},"protocolVersion":""";

    /// <summary>The revisions that are served.</summary>
    public static TheoryData<string> Revisions => ["2025-03-26", "2025-06-18", "2025-11-25", Stateless];

    /// <summary>Those with sessions.</summary>
    public static TheoryData<string> SessionRevisions => ["2025-03-26", "2025-06-18", "2025-11-25"];

    public string? Session { get; set; }

    public string Path { get; init; } = "/t/default/s/notes/mcp";

    /// <summary>What a client without sessions says that it can, in JSON.</summary>
    public string Capabilities { get; init; } = "{}";

    public static McpCaller Of(SecurityHost host, string revision, string? credential = null, string? path = null) =>
        new(host, revision, credential) { Path = path ?? "/t/default/s/notes/mcp" };

    /// <summary>Opens the session, where the revision has them.</summary>
    public async Task<McpCaller> OpenAsync()
    {
        if (revision != Stateless)
        {
            using var opened = await InitializeAsync();
            Assert.Equal(200, (int)opened.StatusCode);
            Session = opened.Headers.GetValues(McpHeaders.SessionId).Single();
        }

        return this;
    }

    /// <summary>The first request of a client of this revision.</summary>
    public Task<HttpResponseMessage> FirstAsync() =>
        revision == Stateless ? SendAsync("server/discover") : InitializeAsync();

    public async Task<JsonObject> CallAsync(string method, string parameters = "{}")
    {
        using var response = await SendAsync(method, parameters);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == 200, $"{(int)response.StatusCode}: {body}");
        return Message(body);
    }

    /// <summary>The code of the error that a request is answered with; 0 where it is a result.</summary>
    public async Task<int> CodeOfAsync(string method, string parameters)
    {
        using var response = await SendAsync(method, parameters);
        return (int?)Message(await response.Content.ReadAsStringAsync())["error"]?["code"] ?? 0;
    }

    public Task<HttpResponseMessage> SendAsync(
        string method,
        string parameters = "{}",
        HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        var json = JsonNode.Parse(parameters)!.AsObject();
        if (revision == Stateless)
        {
            json["_meta"] = new JsonObject
            {
                [McpMetaKeys.ProtocolVersion] = Stateless,
                [McpMetaKeys.ClientCapabilities] = JsonNode.Parse(Capabilities),
            };
        }

        var request = Post($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{json.ToJsonString()}}}""");
        if (revision == Stateless)
        {
            request.Headers.Add(McpHeaders.ProtocolVersion, revision);
            request.Headers.Add(McpHeaders.Method, method);
            if ((json["name"] ?? json["uri"])?.GetValue<string>() is { } name)
            {
                request.Headers.Add(McpHeaders.Name, name);
            }
        }
        else if (Session is { } session)
        {
            request.Headers.Add(McpHeaders.SessionId, session);
        }

        return host.Client.SendAsync(request, completion);
    }

    /// <summary>A request without a body about the session: GET opens a stream, DELETE ends it.</summary>
    public Task<HttpResponseMessage> AskAsync(HttpMethod method)
    {
        var request = new HttpRequestMessage(method, Path);
        request.Headers.Add("Accept", "text/event-stream");
        request.Headers.Add(McpHeaders.SessionId, Session);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {credential}");
        return host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private Task<HttpResponseMessage> InitializeAsync() => host.Client.SendAsync(Post(
        $$$"""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{{{InitializeParams}}}"{{{revision}}}"}}"""));

    private HttpRequestMessage Post(string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Path)
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("Accept", "application/json, text/event-stream");
        if (credential is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {credential}");
        }

        return request;
    }

    private static JsonObject Message(string body)
    {
        var data = body.Split('\n').LastOrDefault(line => line.StartsWith("data: {", StringComparison.Ordinal));
        return JsonNode.Parse(data?["data: ".Length..] ?? body)!.AsObject();
    }
}
