using System.Net.Http.Headers;
using System.Text.Json;
using Smcp.Protocol;
using Smcp.Servers;

namespace Smcp.Runtimes.Upstream.Http;

/// <summary>
/// The HTTP requests of a conversation: the headers that its revision asks for, and its session once it has one.
/// </summary>
internal sealed class HttpMessages(Uri endpoint)
{
    private const int SessionIdCharsMax = 1_024;
    private const string Json = "application/json";
    private const string Events = "text/event-stream";

    /// <summary>Marks a request that may be sent again, since it changes nothing.</summary>
    public static readonly HttpRequestOptionsKey<bool> ChangesNothing = new("smcp.changes-nothing");

    /// <summary>Marks a request that runs something, and so is never sent without our credential.</summary>
    public static readonly HttpRequestOptionsKey<bool> RunsSomething = new("smcp.runs-something");

    private volatile McpRevision? _revision;
    private volatile string? _session;

    public ToolHeaders Tools { get; } = new();

    /// <summary>The revision that was negotiated; null until then.</summary>
    public McpRevision? Revision
    {
        get => _revision;
        set => _revision = value;
    }

    /// <summary>The session that the server gave; null where it keeps none.</summary>
    public string? Session => _session;

    /// <summary>Whether an answer's body is a stream of events.</summary>
    public static bool IsEvents(HttpResponseMessage response) =>
        string.Equals(response.Content.Headers.ContentType?.MediaType, Events, StringComparison.OrdinalIgnoreCase);

    public static bool IsJson(HttpResponseMessage response) =>
        string.Equals(response.Content.Headers.ContentType?.MediaType, Json, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Remembers the session of an answer to <c>initialize</c>; false where the id is none that may be sent back
    /// (visible ASCII, transports).
    /// </summary>
    public bool TryTakeSession(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues(McpHeaders.SessionId, out var values))
        {
            return true;
        }

        var id = string.Join(",", values);
        var valid = id.Length is > 0 and <= SessionIdCharsMax && !id.AsSpan().ContainsAnyExceptInRange('!', '~');
        _session = valid ? id : null;
        return valid;
    }

    /// <summary>A message by POST.</summary>
    public HttpRequestMessage Post(string? method, ReadOnlyMemory<byte> parameters, ReadOnlyMemory<byte> body)
    {
        var request = Create(HttpMethod.Post, $"{Json}, {Events}");
        request.Content = new ReadOnlyMemoryContent(body)
        {
            Headers = { ContentType = new MediaTypeHeaderValue(Json) },
        };
        request.Options.Set(ChangesNothing, method is McpMethods.Initialize or McpMethods.Discover
            or McpMethods.ToolsList or McpMethods.PromptsList or McpMethods.ResourcesList
            or McpMethods.ResourceTemplatesList);
        request.Options.Set(RunsSomething, method is not null && InputRequired.Allows(method));
        if (method is not null && IsModern(method))
        {
            AddStandard(request.Headers, method, parameters);
        }

        return request;
    }

    /// <summary>The standing stream, or the rest of another.</summary>
    public HttpRequestMessage Get(string? lastEventId)
    {
        var request = Create(HttpMethod.Get, Events);
        if (lastEventId is not null)
        {
            request.Headers.TryAddWithoutValidation(McpHeaders.LastEventId, lastEventId);
        }

        return request;
    }

    /// <summary>The end of the session.</summary>
    public HttpRequestMessage Delete() => Create(HttpMethod.Delete, Json);

    /// <summary>Whether a message is of the era without sessions; before all is agreed, a probe for it is.</summary>
    private bool IsModern(string method) =>
        _revision is { } agreed ? !agreed.UsesSessions : method == McpMethods.Discover;

    private HttpRequestMessage Create(HttpMethod verb, string accept)
    {
        var request = new HttpRequestMessage(verb, endpoint)
        {
            Version = System.Net.HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrHigher,
        };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (_session is { } session)
        {
            request.Headers.TryAddWithoutValidation(McpHeaders.SessionId, session);
        }

        if (_revision is { DefinesVersionHeader: true, UsesSessions: true } revision)
        {
            request.Headers.TryAddWithoutValidation(McpHeaders.ProtocolVersion, revision.Value);
        }

        return request;
    }

    private void AddStandard(HttpRequestHeaders headers, string method, ReadOnlyMemory<byte> parameters)
    {
        headers.TryAddWithoutValidation(McpHeaders.ProtocolVersion, McpRevision.V20260728.Value);
        headers.TryAddWithoutValidation(McpHeaders.Method, method);
        if (NameOf(method, parameters) is { } name)
        {
            headers.TryAddWithoutValidation(McpHeaders.Name, McpHeaderValue.Encode(name));
        }

        if (method == McpMethods.ToolsCall)
        {
            foreach (var (header, value) in Tools.Of(parameters))
            {
                headers.TryAddWithoutValidation(header, value);
            }
        }
    }

    private static string? NameOf(string method, ReadOnlyMemory<byte> parameters)
    {
        var member = method switch
        {
            McpMethods.ToolsCall or McpMethods.PromptsGet => "name",
            McpMethods.ResourcesRead => "uri",
            _ => null,
        };
        if (member is null || parameters.IsEmpty)
        {
            return null;
        }

        using var document = JsonDocument.Parse(parameters);
        return document.RootElement.Text(member);
    }
}
