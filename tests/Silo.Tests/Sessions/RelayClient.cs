using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;

namespace Smcp.Sessions;

/// <summary>A client's session with the relay, over whichever gateway it is told to use.</summary>
internal sealed class RelayClient
{
    private const string Revision = "2025-11-25";

    private RelayClient(string session) => Session = session;

    public string Session { get; }

    /// <summary>The id of the last event that was read: what a resume begins after.</summary>
    public string? LastEventId { get; set; }

    public static async Task<RelayClient> OpenAsync(HttpClient gateway)
    {
        using var request = Post("""
            {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",
            "capabilities":{"elicitation":{"form":{}}},"clientInfo":{"name":"t","version":"1"}}}
            """);
        using var response = await gateway.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var client = new RelayClient(response.Headers.GetValues("Mcp-Session-Id").Single());
        await client.AcceptedAsync(gateway, """{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        return client;
    }

    /// <summary>Calls a tool and reads its stream.</summary>
    public IAsyncEnumerable<JsonNode> CallAsync(
        HttpClient gateway, string tool, string arguments, CancellationToken cancellationToken = default) =>
        ReadAsync(
            gateway,
            With(Post($$$"""
                {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"{{{tool}}}",
                "arguments":{{{arguments}}},"_meta":{"progressToken":"p"} } }
                """)),
            cancellationToken);

    /// <summary>Reads on after the last event that was read.</summary>
    public IAsyncEnumerable<JsonNode> ResumeAsync(HttpClient gateway, CancellationToken cancellationToken = default)
    {
        var request = With(new HttpRequestMessage(HttpMethod.Get, "/t/default/s/relay/mcp"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        request.Headers.Add("Last-Event-ID", LastEventId);
        return ReadAsync(gateway, request, cancellationToken);
    }

    /// <summary>Posts what is answered with 202: a notification, or an answer to a question.</summary>
    public async Task AcceptedAsync(HttpClient gateway, string message)
    {
        using var request = With(Post(message));
        using var response = await gateway.SendAsync(request);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    private static HttpRequestMessage Post(string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/t/default/s/relay/mcp")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        return request;
    }

    private HttpRequestMessage With(HttpRequestMessage request)
    {
        request.Headers.Add("Mcp-Session-Id", Session);
        request.Headers.Add("MCP-Protocol-Version", Revision);
        return request;
    }

    private async IAsyncEnumerable<JsonNode> ReadAsync(
        HttpClient gateway, HttpRequestMessage request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await gateway.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(cancellationToken))
        {
            LastEventId = item.EventId ?? LastEventId;
            if (item.Data.Length > 0)
            {
                yield return JsonNode.Parse(item.Data)!;
            }
        }
    }
}
