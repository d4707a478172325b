using System.Text.Json.Nodes;
using Smcp.Hosting;

namespace Smcp.Runtimes.Worker.Bindings;

/// <summary>Lists the objects of a bucket.</summary>
internal static class ObjectList
{
    private const int ObjectsMax = 1000;

    /// <summary>Bytes of the list as JSON; workerd takes one MiB.</summary>
    private const int AnswerBytesMax = 512 * 1024;

    public static async Task AnswerAsync(BindingRequest request, JsonObject asked)
    {
        var count = (int)Math.Clamp((uint?)asked["limit"] ?? ObjectsMax, 1, ObjectsMax);
        var next = (string?)asked["cursor"] is { Length: > 0 } cursor
            ? request.Prefix + ListCursor.Decode(cursor)
            : (string?)asked["startAfter"] is { Length: > 0 } after ? request.Prefix + after : null;
        var objects = new JsonArray();
        var prefixes = new JsonArray();
        var bytes = 0;
        do
        {
            var page = await request.Target.Data.Objects.ListAsync(
                new ServerObjectQuery
                {
                    Prefix = request.Prefix + (string?)asked["prefix"],
                    Delimiter = (string?)asked["delimiter"] is { Length: > 0 } delimiter ? delimiter : null,
                    After = next,
                    CountMax = count - objects.Count - prefixes.Count,
                },
                request.Ended);
            foreach (var item in page.Items)
            {
                var described = Described(item, request.Prefix, asked["include"] as JsonArray);
                bytes += described.ToJsonString().Length;
                objects.Add((JsonNode)described);
            }

            foreach (var prefix in page.Prefixes)
            {
                prefixes.Add(JsonValue.Create(prefix[request.Prefix.Length..]));
            }

            next = page.Next;
        }
        while (next is not null && objects.Count + prefixes.Count < count && bytes < AnswerBytesMax);

        var answer = new JsonObject { ["objects"] = objects, ["truncated"] = next is not null };
        if (next is not null)
        {
            answer["cursor"] = ListCursor.Encode(next[request.Prefix.Length..]);
        }

        answer["delimitedPrefixes"] = prefixes;
        await ObjectJson.WriteAsync(request, answer);
    }

    /// <summary>Of metadata only what was asked for: 0 is HTTP's, 1 is the writer's.</summary>
    private static JsonObject Described(ServerObjectInfo item, string prefix, JsonArray? include)
    {
        var described = ObjectJson.Of(item, prefix);
        var wanted = include?.Select(field => (int?)field).ToList() ?? [];
        if (!wanted.Contains(0))
        {
            described.Remove("httpFields");
        }

        if (!wanted.Contains(1))
        {
            described.Remove("customFields");
        }

        return described;
    }
}
