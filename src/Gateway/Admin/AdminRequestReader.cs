using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Smcp.Protocol;

namespace Smcp.Admin;

/// <summary>Reads bodies and preconditions, within their bounds.</summary>
internal sealed class AdminRequestReader(AdminArchives archives, IOptions<AdminOptions> options)
{
    private static readonly JsonDocumentOptions Strict = new()
    {
        AllowDuplicateProperties = false,
        MaxDepth = AdminJson.DepthMax,
    };

    private static readonly AdminProblem NoJson = new(
        StatusCodes.Status415UnsupportedMediaType, "media-type", "The body is application/json.");

    private static readonly AdminProblem TooLarge = new(
        StatusCodes.Status413PayloadTooLarge, "too-large", "The body is too large.");

    private static readonly AdminProblem NoVersion = new(
        StatusCodes.Status428PreconditionRequired, "no-version",
        "The request must name the version that it changes, by If-Match.");

    private static readonly AdminProblem OddVersion = new(
        StatusCodes.Status412PreconditionFailed, "other-version", "If-Match names no version of this.");

    /// <summary>Takes what is no JSON, where a route takes that.</summary>
    public AdminArchives Archives => archives;

    /// <summary>The bytes of the body, empty where the route takes none; or why not.</summary>
    public async ValueTask<(byte[] Body, AdminProblem? Problem)> ReadAsync(HttpRequest request, AdminRoute route)
    {
        if (route.Body is null)
        {
            return ([], null);
        }

        if (!request.HasJsonContentType() && !IsMergePatch(request))
        {
            return ([], NoJson);
        }

        var max = options.Value.RequestBytesMax;
        if (request.ContentLength > max)
        {
            return ([], TooLarge);
        }

        var buffer = new byte[max + 1];
        var read = await request.Body.ReadAtLeastAsync(
            buffer, buffer.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        return read > max ? ([], TooLarge) : (buffer[..read], null);
    }

    /// <summary>The value in the body; or why it is none of the route's.</summary>
    public static (object? Value, AdminProblem? Problem) Parse(byte[] body, AdminRoute route)
    {
        if (route.Body is null)
        {
            return (null, null);
        }

        // A member that stands twice is found here also where the body is taken as it comes, which is a patch.
        using var document = ForeignJson.Parse(body, Strict);
        if (document is null)
        {
            return (null, Unreadable("The body is no JSON, or has a member twice."));
        }

        if (HoldsNull(document.RootElement))
        {
            return (null, Unreadable("A list in the body holds null."));
        }

        try
        {
            return document.RootElement.Deserialize(route.Body, AdminJson.Options) is { } value
                ? (value, null)
                : (null, Unreadable("The body is null."));
        }
        catch (JsonException exception)
        {
            return (null, Unreadable($"The body cannot be read at {exception.Path ?? "$"}."));
        }
        catch (Exception exception) when (exception is FormatException or NotSupportedException)
        {
            return (null, Unreadable("The body holds a value that is none."));
        }
    }

    /// <summary>The version that the request names, where it names one (RFC 9110 section 13.1.1).</summary>
    public static (long? Expected, AdminProblem? Problem) Precondition(HttpRequest request, AdminRoute route)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
        {
            return (null, route.NeedsVersion ? NoVersion : null);
        }

        var text = header.ToString().Trim();
        if (text == "*")
        {
            return (null, null);
        }

        return text is ['"', .., '"']
            && long.TryParse(text[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? (version, null)
            : (null, OddVersion);
    }

    /// <summary>No list of the API may; the serializer does not look.</summary>
    private static bool HoldsNull(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().Any(
            item => item.ValueKind == JsonValueKind.Null || HoldsNull(item)),
        JsonValueKind.Object => json.EnumerateObject().Any(member => HoldsNull(member.Value)),
        _ => false,
    };

    private static bool IsMergePatch(HttpRequest request) =>
        HttpMethods.IsPatch(request.Method)
        && request.ContentType?.StartsWith("application/merge-patch+json", StringComparison.OrdinalIgnoreCase) == true;

    private static AdminProblem Unreadable(string detail) => new(StatusCodes.Status400BadRequest, "invalid", detail);
}
