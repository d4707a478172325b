using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Smcp.Hosting;

namespace Smcp.Runtimes.Worker.Bindings;

/// <summary>
/// Answers what workerd's KV namespaces ask, over the server's key-value store: GET, PUT and DELETE of
/// <c>/key?urlencoded=true</c>, GET of <c>/</c> as a list, POST of <c>/bulk/get</c>.
/// </summary>
internal static class KeyValueBinding
{
    private const string BulkPath = "bulk/get";
    private const int BulkKeysMax = 100;
    private const int BulkBodyBytesMax = 256 * 1024;
    private const int ListKeysMax = 1000;

    /// <summary>Seconds: what is added to any date of this century, and is still a date.</summary>
    private const long NumberMax = 100_000_000_000;

    public static async Task AnswerAsync(BindingRequest request)
    {
        var path = request.RawPath;
        var method = request.Http.Method;
        if (path.Length == 0)
        {
            await (HttpMethods.IsGet(method) ? ListAsync(request) : RefuseAsync(request));
            return;
        }

        if (path == BulkPath && HttpMethods.IsPost(method))
        {
            await GetManyAsync(request);
            return;
        }

        var key = request.Prefix + Uri.UnescapeDataString(path);
        await (method switch
        {
            "GET" => GetAsync(request, key),
            "PUT" => PutAsync(request, key),
            "DELETE" => DeleteAsync(request, key),
            _ => RefuseAsync(request),
        });
    }

    private static Task RefuseAsync(BindingRequest request)
    {
        request.Refuse(StatusCodes.Status405MethodNotAllowed, "Method Not Allowed");
        return Task.CompletedTask;
    }

    private static async Task GetAsync(BindingRequest request, string key)
    {
        if (await request.Target.Data.KeyValues.GetAsync(key, request.Ended) is not { } found)
        {
            request.Refuse(StatusCodes.Status404NotFound, "Not Found");
            return;
        }

        if (found.Metadata is { } metadata)
        {
            request.Answer.Headers[BindingHeaders.KeyValueMetadata] =
                ParsedMetadata(metadata)?.ToJsonString() ?? "null";
        }

        request.Answer.ContentLength = found.Value.Length;
        await request.Answer.Body.WriteAsync(found.Value, request.Ended);
    }

    private static async Task PutAsync(BindingRequest request, string key)
    {
        var query = QueryHelpers.ParseQuery(request.Http.QueryString.Value);
        var life = NumberOf(query, "expiration_ttl");
        var expiry = life is null ? NumberOf(query, "expiration") : null;
        if (await BoundedContent.ReadAsync(request, request.Target.Options.ValueBytesMax) is not { } value)
        {
            request.Refuse(StatusCodes.Status413PayloadTooLarge, "The value is too large");
            return;
        }

        await request.Target.Data.KeyValues.SetAsync(
            key,
            value,
            new ServerValueTerms
            {
                ExpiresIn = life is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                ExpiresAt = expiry is { } at ? DateTimeOffset.FromUnixTimeSeconds(at) : null,
                Metadata = MetadataOf(request),
            },
            request.Ended);
    }

    private static async Task DeleteAsync(BindingRequest request, string key) =>
        await request.Target.Data.KeyValues.DeleteAsync(key, null, request.Ended);

    private static async Task ListAsync(BindingRequest request)
    {
        var query = QueryHelpers.ParseQuery(request.Http.QueryString.Value);
        var count = (int)Math.Clamp(NumberOf(query, "key_count_limit") ?? ListKeysMax, 1, ListKeysMax);
        var prefix = request.Prefix + (string?)query.GetValueOrDefault("prefix");
        var after = query.GetValueOrDefault("cursor").ToString() is { Length: > 0 } cursor
            ? request.Prefix + ListCursor.Decode(cursor)
            : null;
        var keys = new JsonArray();
        do
        {
            var page = await request.Target.Data.KeyValues.ListAsync(prefix, after, count - keys.Count, request.Ended);
            foreach (var item in page.Items)
            {
                keys.Add(Described(item, request.Prefix.Length));
            }

            after = page.Next;
        }
        while (after is not null && keys.Count < count);

        var answer = new JsonObject { ["keys"] = keys, ["list_complete"] = after is null };
        if (after is not null)
        {
            answer["cursor"] = ListCursor.Encode(after[request.Prefix.Length..]);
        }

        await WriteJsonAsync(request, answer);
    }

    /// <summary>Several keys at once: an object with a member for each, null for what is not there.</summary>
    private static async Task GetManyAsync(BindingRequest request)
    {
        if (await BoundedContent.ReadAsync(request, BulkBodyBytesMax) is not { } body
            || JsonNode.Parse(body) is not JsonObject asked
            || asked["keys"] is not JsonArray { Count: > 0 and <= BulkKeysMax } keys)
        {
            request.Refuse(StatusCodes.Status400BadRequest, $"1 to {BulkKeysMax} keys can be asked for at once");
            return;
        }

        var isJson = (string?)asked["type"] == "json";
        var withMetadata = (bool?)asked["withMetadata"] ?? false;
        var answer = new JsonObject();
        foreach (var key in keys.Select(key => (string?)key ?? string.Empty).Distinct(StringComparer.Ordinal))
        {
            var found = await request.Target.Data.KeyValues.GetAsync(request.Prefix + key, request.Ended);
            var text = found is null ? null : Encoding.UTF8.GetString(found.Value.Span);
            var value = text is null ? null : isJson ? JsonNode.Parse(text) : JsonValue.Create(text);
            answer[key] = withMetadata && found is not null
                ? new JsonObject { ["value"] = value, ["metadata"] = ParsedMetadata(found.Metadata) }
                : value;
        }

        await WriteJsonAsync(request, answer);
    }

    private static JsonObject Described(ServerValueInfo item, int prefixLength)
    {
        var described = new JsonObject { ["name"] = item.Key[prefixLength..] };
        if (item.ExpiresAt is { } expiry)
        {
            described["expiration"] = expiry.ToUnixTimeSeconds();
        }

        if (item.Metadata is not null)
        {
            described["metadata"] = ParsedMetadata(item.Metadata);
        }

        return described;
    }

    /// <summary>Metadata that somebody else wrote need not be JSON: then it is a text.</summary>
    private static JsonNode? ParsedMetadata(string? metadata)
    {
        try
        {
            return metadata is null ? null : JsonNode.Parse(metadata);
        }
        catch (JsonException)
        {
            return JsonValue.Create(metadata);
        }
    }

    private static string? MetadataOf(BindingRequest request) =>
        request.Http.Headers.TryGetValue(BindingHeaders.KeyValueMetadata, out var metadata) ? (string?)metadata : null;

    /// <exception cref="FormatException">It is no number.</exception>
    private static long? NumberOf(Dictionary<string, StringValues> query, string name) =>
        query.TryGetValue(name, out var text)
            ? Math.Min(long.Parse(text.ToString(), NumberStyles.None, CultureInfo.InvariantCulture), NumberMax)
            : null;

    private static async Task WriteJsonAsync(BindingRequest request, JsonObject answer)
    {
        var body = Encoding.UTF8.GetBytes(answer.ToJsonString());
        request.Answer.ContentType = "application/json";
        request.Answer.ContentLength = body.Length;
        await request.Answer.Body.WriteAsync(body, request.Ended);
    }
}
