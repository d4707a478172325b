using System.Globalization;
using System.Text.Json;
using Smcp.Protocol;

namespace Smcp.Runtimes.OpenApi.Reading;

/// <summary>
/// An API's description, and what is referred to in it. Nothing else is: what a reference names elsewhere would have to
/// be fetched, by an address that the description's author chose.
/// </summary>
internal sealed class ApiDocument
{
    private const int DepthMax = 128;
    private const int HopsMax = 16;

    private static readonly JsonDocumentOptions Strict = new()
    {
        AllowDuplicateProperties = false,
        MaxDepth = DepthMax,
    };

    private readonly JsonElement _root;

    private ApiDocument(JsonElement root, bool is30)
    {
        _root = root;
        Is30 = is30;
    }

    public JsonElement Root => _root;

    /// <summary>Whether its schemas are those of OpenAPI 3.0, which are not quite JSON Schema.</summary>
    public bool Is30 { get; }

    /// <exception cref="OpenApiException">It is no such document.</exception>
    public static ApiDocument Parse(ReadOnlyMemory<byte> bytes)
    {
        using var json = ForeignJson.Parse(bytes, Strict);
        if (json?.RootElement is not { ValueKind: JsonValueKind.Object } root)
        {
            throw new OpenApiException($"is no JSON object of at most {DepthMax} levels, or has a member twice");
        }

        if (root.Member("swagger") is not null)
        {
            throw new OpenApiException("is Swagger 2: convert it to OpenAPI 3");
        }

        var version = root.TextOf("openapi") ?? string.Empty;
        return version.StartsWith("3.0.", StringComparison.Ordinal)
            || version.StartsWith("3.1.", StringComparison.Ordinal)
            ? new ApiDocument(root.Clone(), version[2] == '0')
            : throw new OpenApiException("is not OpenAPI 3.0 or 3.1 (its member openapi says which it is)");
    }

    /// <summary>What stands there, or what the reference there leads to (OpenAPI 3.1, Reference Object).</summary>
    /// <exception cref="OpenApiException">It leads nowhere.</exception>
    public JsonElement Resolve(JsonElement value)
    {
        for (var hop = 0; hop < HopsMax; hop++)
        {
            if (value.TextOf("$ref") is not { } reference)
            {
                return value;
            }

            value = Find(reference);
        }

        throw new OpenApiException("has references that lead in a circle");
    }

    /// <summary>What a reference within the document names: a JSON pointer (RFC 6901) in a fragment.</summary>
    /// <exception cref="OpenApiException">There is no such thing.</exception>
    public JsonElement Find(string reference)
    {
        if (!reference.StartsWith("#/", StringComparison.Ordinal))
        {
            throw new OpenApiException($"refers to '{ClientText.Clip(reference)}', which is not in the document");
        }

        var at = _root;
        foreach (var part in reference[2..].Split('/'))
        {
            var name = Uri.UnescapeDataString(part)
                .Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal);
            at = Step(at, name)
                ?? throw new OpenApiException($"refers to '{ClientText.Clip(reference)}', which is not there");
        }

        return at;
    }

    private static JsonElement? Step(JsonElement at, string name) =>
        at.ValueKind != JsonValueKind.Array
            ? at.Member(name)
            : int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                && index < at.GetArrayLength()
                ? at[index]
                : null;
}
