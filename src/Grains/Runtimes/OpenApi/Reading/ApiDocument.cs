using System.Globalization;
using System.Text.Json;
using Smcp.Protocol;

namespace Smcp.Runtimes.OpenApi.Reading;

/// <summary>
/// An API's description, and what is referred to in it. Nothing else is: what a reference names elsewhere would have to
/// be fetched, by an address that the description's author chose. What a few references lead to may be read many times,
/// so all that reads it counts its steps, and together they are bounded.
/// </summary>
internal sealed class ApiDocument
{
    private const int DepthMax = 128;
    private const int HopsMax = 16;
    private const int NameBytesMax = 1_024;
    private const int ReferenceCharsMax = 2_048;

    private static readonly JsonDocumentOptions Strict = new()
    {
        AllowDuplicateProperties = false,
        MaxDepth = DepthMax,
    };

    private readonly JsonElement _root;
    private readonly long _stepsMax;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<string, JsonElement> _found = new(StringComparer.Ordinal);
    private long _steps;

    private ApiDocument(JsonElement root, bool is30, long stepsMax, CancellationToken cancellationToken)
    {
        _root = root;
        Is30 = is30;
        _stepsMax = stepsMax;
        _cancellationToken = cancellationToken;
    }

    public JsonElement Root => _root;

    /// <summary>Whether its schemas are those of OpenAPI 3.0, which are not quite JSON Schema.</summary>
    public bool Is30 { get; }

    /// <param name="bytes">The document, in JSON.</param>
    /// <param name="stepsMax">How many steps all that reads it may take; one is about one member looked at.</param>
    /// <param name="cancellationToken">Ends the reading, at any of its steps.</param>
    /// <exception cref="OpenApiException">It is no such document.</exception>
    public static ApiDocument Parse(ReadOnlyMemory<byte> bytes, long stepsMax, CancellationToken cancellationToken)
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

        // A name is read whenever it is passed, so a long one would make each step a long one.
        if (!HasShortNames(bytes.Span))
        {
            throw new OpenApiException($"has a member whose name has more than {NameBytesMax} bytes");
        }

        var version = root.TextOf("openapi") ?? string.Empty;
        return version.StartsWith("3.0.", StringComparison.Ordinal)
            || version.StartsWith("3.1.", StringComparison.Ordinal)
            ? new ApiDocument(root.Clone(), version[2] == '0', stepsMax, cancellationToken)
            : throw new OpenApiException("is not OpenAPI 3.0 or 3.1 (its member openapi says which it is)");
    }

    /// <summary>Counts steps.</summary>
    /// <exception cref="OpenApiException">There were too many.</exception>
    public void Spend(long steps)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        _steps += steps;
        if (_steps > _stepsMax)
        {
            const string why = "its parts refer to each other too often";
            throw new OpenApiException($"takes more than {_stepsMax} steps to read: {why}") { IsLast = true };
        }
    }

    /// <summary>Counts a look at the members or items of a value.</summary>
    /// <exception cref="OpenApiException">There were too many steps.</exception>
    public void Visit(JsonElement value) => Spend(1 + value.ValueKind switch
    {
        JsonValueKind.Object => value.GetPropertyCount(),
        JsonValueKind.Array => value.GetArrayLength(),
        _ => 0,
    });

    /// <summary>What stands there, or what the reference there leads to (OpenAPI 3.1, Reference Object).</summary>
    /// <exception cref="OpenApiException">It leads nowhere.</exception>
    public JsonElement Resolve(JsonElement value)
    {
        for (var hop = 0; hop < HopsMax; hop++)
        {
            Visit(value);
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
        if (reference.Length > ReferenceCharsMax || !reference.StartsWith("#/", StringComparison.Ordinal))
        {
            throw new OpenApiException($"refers to '{ClientText.Clip(reference)}', which is not in the document");
        }

        Spend(1);
        if (_found.TryGetValue(reference, out var found))
        {
            return found;
        }

        var at = _root;
        foreach (var part in reference[2..].Split('/'))
        {
            var name = Uri.UnescapeDataString(part)
                .Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal);
            Visit(at);
            at = Step(at, name)
                ?? throw new OpenApiException($"refers to '{ClientText.Clip(reference)}', which is not there");
        }

        _found[reference] = at;
        return at;
    }

    private static bool HasShortNames(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DepthMax });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueSpan.Length > NameBytesMax)
            {
                return false;
            }
        }

        return true;
    }

    private static JsonElement? Step(JsonElement at, string name) =>
        at.ValueKind != JsonValueKind.Array
            ? at.Member(name)
            : int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                && index < at.GetArrayLength()
                ? at[index]
                : null;
}
