using System.Text.Json;
using System.Text.Json.Nodes;
using Smcp.Protocol;

namespace Smcp.Runtimes.OpenApi.Reading;

/// <summary>
/// What a tool's answers are, where the description leaves no doubt of it: one kind of success, with an object. A
/// client may refuse an answer that is not as its tool says, so nothing is said that may not hold.
/// </summary>
internal sealed class OutputReader(ApiDocument document, ApiOperation operation)
{
    private const int AcceptedMax = 8;
    private const string Json = "application/json";
    private const string Anything = "*/*;q=0.1";

    /// <summary>The schema; null where an answer may be something else.</summary>
    /// <exception cref="OpenApiException">The schema cannot be taken.</exception>
    public JsonObject? Read(SchemaWriter schemas)
    {
        var successes = Successes().ToList();
        if (operation.Method == "HEAD" || successes is not [var success] || !HasOneForm(success)
            || success.Members("content").First().Value.Member("schema") is not { } schema || !IsObject(schema, 0))
        {
            return null;
        }

        // The root must say that it is an object, whatever else it says (2025-11-25 tools, output schema).
        var written = schemas.Write(schema).AsObject();
        written["type"] = "object";
        if (schemas.Definitions() is { } definitions)
        {
            written["$defs"] = definitions;
        }

        return written;
    }

    /// <summary>What is asked for: what the description names, JSON first, and else whatever there is.</summary>
    public string Accept()
    {
        var named = Successes()
            .SelectMany(success => success.Members("content"))
            .Select(content => content.Name)
            .Where(IsMediaType)
            .OrderBy(name => ApiBody.FormOf(name) == ApiBodyForm.Json ? 0 : 1)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(AcceptedMax)
            .ToList();
        return string.Join(", ", named.Count == 0 ? [Json, Anything] : named.Append(Anything));
    }

    private IEnumerable<JsonElement> Successes()
    {
        document.Visit(operation.Json.Member("responses") ?? default);
        return operation.Json.Members("responses")
            .Where(response => response.Name is ['2', _, _])
            .Select(response =>
            {
                var success = document.Resolve(response.Value);
                document.Visit(success.Member("content") ?? default);
                return success;
            });
    }

    private static bool HasOneForm(JsonElement success) =>
        success.Members("content").Take(2).ToList() is [var content]
        && ApiBody.FormOf(content.Name) == ApiBodyForm.Json;

    private static bool IsMediaType(string name) =>
        name.Length <= 128 && name.Contains('/', StringComparison.Ordinal)
        && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$&-^_.+*/;= ".Contains(c));

    private bool IsObject(JsonElement schema, int depth)
    {
        const int depthMax = 8;
        var found = document.Resolve(schema);
        document.Spend(found.LengthOf("type"));
        return depth < depthMax && !found.Flag("nullable") && found.Member("type") switch
        {
            { ValueKind: JsonValueKind.String } type => type.Text() == "object",
            null => found.Member("properties") is not null
                || found.Items("allOf").Any(part => IsObject(part, depth + 1)),
            _ => false,
        };
    }
}
