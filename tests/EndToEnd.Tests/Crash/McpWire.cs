using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;

namespace Smcp.EndToEnd.Crash;

/// <summary>
/// MCP with a session as it stands on the wire, so that a test sees each event and each id. One for each client; with a
/// key, where callers must have one.
/// </summary>
internal sealed class McpWire(string? key = null) : IDisposable
{
    private const string Revision = "2025-11-25";

    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private int _lastId;

    /// <summary>The session, once it is open.</summary>
    public string? SessionId { get; private set; }

    /// <summary>What the server declared.</summary>
    public JsonNode? Capabilities { get; private set; }

    public async Task OpenAsync(Uri endpoint, CancellationToken cancellationToken, string capabilities = "{}")
    {
        using var answer = await SendAsync(
            endpoint,
            $$$$"""
            {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"{{{{Revision}}}}",
            "capabilities":{{{{capabilities}}}},"clientInfo":{"name":"crash","version":"1"}}}
            """,
            cancellationToken);
        answer.EnsureSuccessStatusCode();
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        SessionId = answer.Headers.TryGetValues("Mcp-Session-Id", out var session)
            ? session.Single()
            : throw new IOException($"No session was opened: {body}");
        Capabilities = JsonNode.Parse(body)!["result"]!["capabilities"];
        using var initialized = await SendAsync(
            endpoint, """{"jsonrpc":"2.0","method":"notifications/initialized"}""", cancellationToken);
        initialized.EnsureSuccessStatusCode();
    }

    /// <summary>
    /// Sends a request and returns its whole answer, whether it came as JSON or at the end of a stream.
    /// </summary>
    public async Task<SseEvent> RequestAsync(
        Uri endpoint, string method, string parameters, CancellationToken cancellationToken)
    {
        SseEvent? last = null;
        await foreach (var seen in StreamAsync(endpoint, method, parameters, cancellationToken))
        {
            last = seen;
        }

        return last is { IsAnswer: true } ? last : throw new IOException($"{method} ended without an answer.");
    }

    /// <summary>Sends a request and yields what comes, event by event; a JSON answer is one event without id.</summary>
    public async IAsyncEnumerable<SseEvent> StreamAsync(
        Uri endpoint,
        string method,
        string parameters,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _lastId);
        using var answer = await SendAsync(
            endpoint,
            $$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""",
            cancellationToken);
        await foreach (var seen in EventsOfAsync(answer, cancellationToken))
        {
            yield return seen;
        }
    }

    /// <summary>Answers a question of the server.</summary>
    public async Task AnswerAsync(Uri endpoint, JsonNode id, string result, CancellationToken cancellationToken)
    {
        using var taken = await SendAsync(
            endpoint, $$"""{"jsonrpc":"2.0","id":{{id.ToJsonString()}},"result":{{result}}}""", cancellationToken);
        taken.EnsureSuccessStatusCode();
    }

    /// <summary>Resumes a stream behind the last id that was seen of it.</summary>
    public async IAsyncEnumerable<SseEvent> ResumeAsync(
        Uri endpoint, string lastEventId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, endpoint);
        request.Headers.Add("Last-Event-ID", lastEventId);
        using var answer = await SendAsync(request, "text/event-stream", cancellationToken);
        await foreach (var seen in EventsOfAsync(answer, cancellationToken))
        {
            yield return seen;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(Uri endpoint, string body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        return await SendAsync(request, "application/json, text/event-stream", cancellationToken);
    }

    private Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, string accept, CancellationToken cancellationToken)
    {
        request.Headers.Add("Accept", accept);
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        if (SessionId is not null)
        {
            request.Headers.Add("Mcp-Session-Id", SessionId);
            request.Headers.Add("MCP-Protocol-Version", Revision);
        }

        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private static async IAsyncEnumerable<SseEvent> EventsOfAsync(
        HttpResponseMessage answer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode)
        {
            var said = $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}";
            throw (int)answer.StatusCode < 500 ? new RefusedException(said) : new InvalidOperationException(said);
        }

        if (answer.Content.Headers.ContentType?.MediaType != "text/event-stream")
        {
            yield return new SseEvent(null, await answer.Content.ReadAsStringAsync(cancellationToken));
            yield break;
        }

        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellationToken));
        string? id = null;
        var data = string.Empty;
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length > 0)
            {
                id = line.StartsWith("id:", StringComparison.Ordinal) ? line[3..].Trim() : id;
                data = line.StartsWith("data:", StringComparison.Ordinal) ? line[5..].TrimStart() : data;
            }
            else if (id is not null || data.Length > 0)
            {
                yield return new SseEvent(id, data);
                (id, data) = (null, string.Empty);
            }
        }
    }
}
