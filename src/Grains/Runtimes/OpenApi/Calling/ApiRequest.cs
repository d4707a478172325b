using System.Net.Http.Headers;
using Smcp.Runtimes.OpenApi.Reading;
using Smcp.Runtimes.Upstream.Http;

namespace Smcp.Runtimes.OpenApi.Calling;

/// <summary>A call of a tool as an HTTP request, without credentials.</summary>
internal sealed record ApiRequest
{
    private const string Agent = "smcp";

    public required ApiTool Tool { get; init; }

    public required Uri Uri { get; init; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>All cookies as one header; empty for none.</summary>
    public string Cookies { get; init; } = string.Empty;

    /// <summary>Null for none.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(new HttpMethod(Tool.Operation.Method), Uri)
        {
            Version = System.Net.HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrHigher,
        };
        message.Headers.TryAddWithoutValidation("Accept", Tool.Accept);
        message.Headers.TryAddWithoutValidation("User-Agent", Agent);
        if (Cookies.Length > 0)
        {
            message.Headers.TryAddWithoutValidation("Cookie", Cookies);
        }

        if (Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body);
            message.Content.Headers.ContentType = MediaTypeHeaderValue.TryParse(Tool.Body!.MediaType, out var type)
                ? type
                : null;
        }

        foreach (var (name, value) in Headers)
        {
            // Some are of the content here, whatever they are of for the API.
            _ = message.Headers.TryAddWithoutValidation(name, value)
                || message.Content?.Headers.TryAddWithoutValidation(name, value) == true;
        }

        // RFC 9110 section 9.2.2: what is asked again by itself must be safe to repeat, and of that only the safe is.
        message.Options.Set(HttpMessages.ChangesNothing, Tool.Operation.IsSafe);
        return message;
    }
}
