using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Runtimes.OpenApi.Reading;
using Smcp.Servers;

namespace Smcp.Runtimes.OpenApi.Calling;

/// <summary>What an API answered, as a tool's result.</summary>
internal static class ApiAnswers
{
    /// <summary>A result that says what went wrong.</summary>
    public static McpReply Failed(string what) => Result(new JsonArray(Text(what)), isError: true);

    /// <param name="tool">Which tool was called.</param>
    /// <param name="response">What came back.</param>
    /// <param name="body">Its body.</param>
    /// <param name="secrets">What must not be repeated.</param>
    /// <param name="errorCharsMax">How much of an error's body is repeated.</param>
    public static McpReply Of(
        ApiTool tool,
        HttpResponseMessage response,
        ReadOnlyMemory<byte> body,
        IReadOnlyList<string> secrets,
        int errorCharsMax)
    {
        var type = response.Content.Headers.ContentType;
        var media = type?.MediaType?.ToLowerInvariant() ?? string.Empty;
        var status = $"HTTP {((int)response.StatusCode).ToString(CultureInfo.InvariantCulture)}";
        var form = ApiBody.FormOf(media);
        var text = form is null && body.Length > 0 && media.Length > 0
            ? null
            : Redaction.Of(Decode(type, body.Span), secrets);
        if (!response.IsSuccessStatusCode)
        {
            return Failed(text is { Length: > 0 } && errorCharsMax > 0
                ? $"{status}\n{ApiTexts.Clip(text, errorCharsMax)}"
                : status);
        }

        if (tool.HasOutput)
        {
            return form == ApiBodyForm.Json && RawJson.Parse(Encoding.UTF8.GetBytes(text!)) is { } answer
                ? Result(new JsonArray(Text(text!)), isError: false, answer)
                : Failed($"The API answered {status}, and otherwise than its description says.\n"
                    + ApiTexts.Clip(text ?? media, errorCharsMax));
        }

        return Result(new JsonArray(Content(media, text, body, status)), isError: false);
    }

    private static JsonObject Content(string media, string? text, ReadOnlyMemory<byte> body, string status) =>
        text is not null ? Text(text.Length > 0 ? text : status)
        : media.StartsWith("image/", StringComparison.Ordinal) ? Binary("image", media, body)
        : media.StartsWith("audio/", StringComparison.Ordinal) ? Binary("audio", media, body)
        : Text($"{status}: {body.Length} bytes of {ApiTexts.Clip(media, 128)}, which is not text.");

    private static JsonObject Text(string text) => new() { ["type"] = "text", ["text"] = text };

    private static JsonObject Binary(string type, string media, ReadOnlyMemory<byte> body) => new()
    {
        ["type"] = type,
        ["data"] = Convert.ToBase64String(body.Span),
        ["mimeType"] = media,
    };

    private static McpReply Result(JsonArray content, bool isError, JsonObject? structured = null)
    {
        var result = new JsonObject { ["content"] = content };
        if (structured is not null)
        {
            result["structuredContent"] = structured;
        }

        if (isError)
        {
            result["isError"] = true;
        }

        return McpReply.Result(RawJson.Write(result));
    }

    private static string Decode(MediaTypeHeaderValue? type, ReadOnlySpan<byte> body)
    {
        var encoding = type?.CharSet?.Trim('"').ToLowerInvariant() switch
        {
            "iso-8859-1" or "latin1" => Encoding.Latin1,
            "utf-16" => Encoding.Unicode,
            _ => Encoding.UTF8,
        };
        return encoding.GetString(body).TrimStart('\uFEFF');
    }
}
