using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Smcp.Hosting;

namespace Smcp.Runtimes.Worker.Bindings;

/// <summary>
/// Answers what workerd's R2 buckets ask, over the server's objects: the JSON of its r2-api.capnp, in a header of a GET
/// (head, get, list) or before the content of a PUT (put, delete), whose size a header says.
/// </summary>
internal static class ObjectBinding
{
    private const int RequestBytesMax = 64 * 1024;
    private const int DeleteKeysMax = 1000;

    /// <summary>How often an operation with a condition is tried anew because the object changed meanwhile.</summary>
    private const int RoundsMax = 4;

    public static async Task AnswerAsync(BindingRequest request)
    {
        var asked = HttpMethods.IsGet(request.Http.Method) ? Header(request) : await LeadAsync(request);
        await ((string?)asked?["method"] switch
        {
            "head" => HeadAsync(request, asked!),
            "get" => GetAsync(request, asked!),
            "list" => ObjectList.AnswerAsync(request, asked!),
            "put" => PutAsync(request, asked!),
            "delete" => DeleteAsync(request, asked!),
            _ => ObjectErrors.RefuseAsync(request, ObjectErrors.NotImplemented, "The operation is not offered"),
        });
    }

    private static JsonObject? Header(BindingRequest request) =>
        JsonNode.Parse(request.Http.Headers[BindingHeaders.ObjectRequest].ToString()) as JsonObject;

    /// <summary>What is asked for, of as many bytes as the header says, before the content.</summary>
    private static async Task<JsonObject?> LeadAsync(BindingRequest request)
    {
        var size = int.Parse(
            request.Http.Headers[BindingHeaders.ObjectMetadataSize].ToString(),
            NumberStyles.None,
            CultureInfo.InvariantCulture);
        if (size > RequestBytesMax)
        {
            throw new FormatException("The request is too large.");
        }

        var lead = new byte[size];
        await request.Http.Body.ReadExactlyAsync(lead, request.Ended);
        return JsonNode.Parse(lead) as JsonObject;
    }

    private static async Task HeadAsync(BindingRequest request, JsonObject asked)
    {
        var found = await request.Target.Data.Objects.HeadAsync(KeyOf(request, asked), request.Ended);
        await (found is null
            ? ObjectErrors.NotFoundAsync(request)
            : ObjectJson.WriteAsync(request, ObjectJson.Of(found, request.Prefix)));
    }

    private static async Task GetAsync(BindingRequest request, JsonObject asked)
    {
        var key = KeyOf(request, asked);
        var condition = ObjectCondition.Parse(asked["onlyIf"]);
        for (var round = 0; ; round++)
        {
            if (await request.Target.Data.Objects.HeadAsync(key, request.Ended) is not { } info)
            {
                await ObjectErrors.NotFoundAsync(request);
                return;
            }

            if (!condition.Holds(info))
            {
                await ObjectErrors.UnmetAsync(request, info);
                return;
            }

            if (ObjectRange.Parse(asked, info.Bytes) is not { } range)
            {
                await ObjectErrors.RefuseAsync(request, ObjectErrors.InvalidRange, "The range is not in the object");
                return;
            }

            var read = new ServerObjectRead
            {
                Offset = range.Offset,
                Length = range.Length,
                Conditions = new ServerObjectConditions { IfMatch = info.ETag },
            };
            var opened = await request.Target.Data.Objects.GetAsync(key, read, request.Ended);
            if (opened?.Content is { } content)
            {
                await using (content)
                {
                    await SendAsync(request, opened, range.IsWhole ? null : range);
                }

                return;
            }

            if (round == RoundsMax)
            {
                throw new ServerDataUnavailableException("The object changes again and again.");
            }
        }
    }

    private static async Task SendAsync(BindingRequest request, ServerObject opened, ObjectRange? range)
    {
        var described = ObjectJson.Of(opened.Info, request.Prefix);
        if (range is { } part)
        {
            described["range"] = new JsonObject { ["offset"] = part.Offset, ["length"] = part.Length };
        }

        await ObjectJson.WriteAsync(request, described, opened.Length);
        await opened.Content!.CopyToAsync(request.Answer.Body, request.Ended);
    }

    private static async Task PutAsync(BindingRequest request, JsonObject asked)
    {
        var key = KeyOf(request, asked);
        if (ObjectJson.TermsOf(asked) is not { } terms || asked.ContainsKey("ssec"))
        {
            await ObjectErrors.RefuseAsync(request, ObjectErrors.NotImplemented, "The metadata cannot be kept");
            return;
        }

        var condition = ObjectCondition.Parse(asked["onlyIf"]);
        var before = condition.IsNone ? null : await request.Target.Data.Objects.HeadAsync(key, request.Ended);
        if (!condition.HoldsForPut(before))
        {
            await ObjectErrors.UnmetAsync(request, before);
            return;
        }

        // The content comes once, so what the condition was seen to hold for must still be there when it is written.
        var conditions = condition.IsNone
            ? null
            : before is null
                ? new ServerObjectConditions { IfNoneMatch = "*" }
                : new ServerObjectConditions { IfMatch = before.ETag };
        await using var content = ObjectDigest.Check(request.Http.Body, asked);
        var written = await request.Target.Data.Objects.PutAsync(
            key, content, terms with { Conditions = conditions }, request.Ended);
        await ObjectJson.WriteAnswerAsync(request, ObjectJson.Of(written, request.Prefix));
    }

    private static async Task DeleteAsync(BindingRequest request, JsonObject asked)
    {
        var keys = asked["objects"] is JsonArray many
            ? many.Select(key => (string?)key ?? string.Empty).ToList()
            : [(string?)asked["object"] ?? string.Empty];
        if (keys.Count > DeleteKeysMax)
        {
            await ObjectErrors.RefuseAsync(request, ObjectErrors.Malformed, "Too many keys");
            return;
        }

        foreach (var key in keys)
        {
            await request.Target.Data.Objects.DeleteAsync(request.Prefix + key, null, request.Ended);
        }

        await ObjectJson.WriteAnswerAsync(request, []);
    }

    private static string KeyOf(BindingRequest request, JsonObject asked) =>
        (string?)asked["object"] is { Length: > 0 } name
            ? request.Prefix + name
            : throw new FormatException("An object has a key.");
}
