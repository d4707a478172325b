using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Smcp.Hosting;

namespace Smcp.Runtimes.Worker.Bindings;

/// <summary>
/// Objects as workerd says them, and as they are kept. What R2 keeps of HTTP beside the content type is metadata under
/// names with a prefix, which the names a worker chooses may not have.
/// </summary>
internal static class ObjectJson
{
    private const string HttpPrefix = "http:";
    private const string ExpiryField = "cacheExpiry";

    private static readonly string[] HttpFields =
        ["contentLanguage", "contentDisposition", "contentEncoding", "cacheControl", ExpiryField];

    public static JsonObject Of(ServerObjectInfo info, string prefix)
    {
        var http = new JsonObject();
        if (info.ContentType is not null)
        {
            http["contentType"] = info.ContentType;
        }

        foreach (var field in HttpFields.Where(field => info.Metadata.ContainsKey(HttpPrefix + field)))
        {
            http[field] = info.Metadata[HttpPrefix + field];
        }

        var custom = info.Metadata
            .Where(pair => !pair.Key.StartsWith(HttpPrefix, StringComparison.Ordinal))
            .Select(JsonNode? (pair) => new JsonObject { ["k"] = pair.Key, ["v"] = pair.Value });
        return new JsonObject
        {
            ["name"] = info.Key[prefix.Length..],
            ["version"] = info.ETag,
            ["size"] = info.Bytes,
            ["etag"] = info.ETag,
            ["uploaded"] = info.WrittenAt.ToUnixTimeMilliseconds(),
            ["httpFields"] = http,
            ["customFields"] = new JsonArray([.. custom]),
            // R2's name for SHA-256.
            ["checksums"] = new JsonObject { ["2"] = info.ETag },
            ["storageClass"] = "Standard",
        };
    }

    /// <summary>What a writer says of an object; null where it uses a name that is not its own.</summary>
    public static ServerObjectTerms? TermsOf(JsonObject asked)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in asked["customFields"] as JsonArray ?? [])
        {
            var name = (string?)field?["k"] ?? string.Empty;
            if (name.StartsWith(HttpPrefix, StringComparison.Ordinal))
            {
                return null;
            }

            metadata[name] = (string?)field?["v"] ?? string.Empty;
        }

        var http = asked["httpFields"] as JsonObject;
        foreach (var field in HttpFields)
        {
            // Numbers of 64 bits come as texts.
            if (http?[field] is { } value && value.ToString() is { } text && text != Unset)
            {
                metadata[HttpPrefix + field] = text;
            }
        }

        return new ServerObjectTerms { ContentType = (string?)http?["contentType"], Metadata = metadata };
    }

    /// <summary>The number that says of a field of 64 bits that it is not set.</summary>
    public static string Unset { get; } = ulong.MaxValue.ToString(CultureInfo.InvariantCulture);

    /// <summary>Answers a GET: what is described, then so many bytes of content, which the caller writes.</summary>
    public static async Task WriteAsync(BindingRequest request, JsonObject described, long contentBytes = 0)
    {
        var lead = Encoding.UTF8.GetBytes(described.ToJsonString());
        request.Answer.Headers[BindingHeaders.ObjectMetadataSize] =
            lead.Length.ToString(CultureInfo.InvariantCulture);
        request.Answer.ContentLength = lead.Length + contentBytes;
        await request.Answer.Body.WriteAsync(lead, request.Ended);
    }

    /// <summary>Answers a PUT.</summary>
    public static async Task WriteAnswerAsync(BindingRequest request, JsonObject answer)
    {
        var body = Encoding.UTF8.GetBytes(answer.ToJsonString());
        request.Answer.ContentLength = body.Length;
        await request.Answer.Body.WriteAsync(body, request.Ended);
    }
}
