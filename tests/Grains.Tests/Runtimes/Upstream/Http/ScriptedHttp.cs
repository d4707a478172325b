using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Smcp.Runtimes.Upstream.Http;

/// <summary>An HTTP server in the hands of a test: each request waits there for its response.</summary>
internal sealed class ScriptedHttp : HttpMessageHandler
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<Exchange> _exchanges = Channel.CreateUnbounded<Exchange>();

    /// <summary>Requests that came and that no test has looked at yet.</summary>
    public int Waiting => _exchanges.Reader.Count;

    /// <summary>The next request of a verb; others stay unanswered but for GETs, which are refused (405).</summary>
    public async Task<Exchange> NextAsync(string verb = "POST")
    {
        while (true)
        {
            var next = await _exchanges.Reader.ReadAsync().AsTask().WaitAsync(Patience, TimeProvider.System);
            if (next.Request.Method.Method == verb)
            {
                return next;
            }

            next.Answer(HttpStatusCode.MethodNotAllowed);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        var exchange = new Exchange(request, string.IsNullOrEmpty(body) ? null : JsonNode.Parse(body));
        _exchanges.Writer.TryWrite(exchange);
        return await exchange.Response.Task.WaitAsync(cancellationToken);
    }

    /// <summary>One request and its response.</summary>
    internal sealed class Exchange(HttpRequestMessage request, JsonNode? body)
    {
        public HttpRequestMessage Request => request;

        public JsonNode? Body => body;

        public TaskCompletionSource<HttpResponseMessage> Response { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string? Header(string name) =>
            request.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;

        public void Answer(HttpStatusCode status, string? json = null, string? session = null)
        {
            var response = new HttpResponseMessage(status);
            if (json is not null)
            {
                response.Content = new StringContent(json, Encoding.UTF8, "application/json");
            }

            if (session is not null)
            {
                response.Headers.Add("Mcp-Session-Id", session);
            }

            Response.TrySetResult(response);
        }

        public void Result(string result, string? session = null) => Answer(
            HttpStatusCode.OK,
            $$"""{"jsonrpc":"2.0","id":{{body!["id"]!.ToJsonString()}},"result":{{result}}}""",
            session);

        public void Events(string text) => Response.TrySetResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(text, Encoding.UTF8, "text/event-stream"),
        });
    }
}
