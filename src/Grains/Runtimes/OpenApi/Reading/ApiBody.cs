using System.Collections.Frozen;
using System.Text.Json;

namespace Smcp.Runtimes.OpenApi.Reading;

/// <summary>The body of an operation's requests.</summary>
internal sealed record ApiBody
{
    /// <summary>The tool's argument that it is.</summary>
    public required string Argument { get; init; }

    public required string MediaType { get; init; }

    public required ApiBodyForm Form { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>
    /// How fields of a form are written that are not written as all are (OpenAPI 3.1, Encoding Object).
    /// </summary>
    public IReadOnlyDictionary<string, ApiParameter> Fields { get; init; } =
        FrozenDictionary<string, ApiParameter>.Empty;

    /// <summary>The form of a body of this media type; null for one that no arguments can be.</summary>
    public static ApiBodyForm? FormOf(string mediaType)
    {
        var plain = mediaType.Split(';')[0].Trim().ToLowerInvariant();
        return plain is "application/json" or "*/*" or "application/*"
            || plain.EndsWith("+json", StringComparison.Ordinal) ? ApiBodyForm.Json
            : plain == "application/x-www-form-urlencoded" ? ApiBodyForm.Fields
            : plain.StartsWith("text/", StringComparison.Ordinal) ? ApiBodyForm.Text
            : null;
    }

    /// <summary>How the fields of a form are written, where the description says so.</summary>
    public static IReadOnlyDictionary<string, ApiParameter> FieldsOf(JsonElement content) =>
        content.Members("encoding").ToFrozenDictionary(
            field => field.Name,
            field =>
            {
                var style = ApiParameter.StyleOf(field.Value, ParameterPlace.Query, field.Name);
                return FieldOf(field.Name) with
                {
                    Style = style,
                    Explodes = field.Value.Flag("explode", absent: style == ParameterStyle.Form),
                };
            },
            StringComparer.Ordinal);

    /// <summary>A field that nothing is said of.</summary>
    public static ApiParameter FieldOf(string name) => new()
    {
        Argument = name,
        Name = name,
        Place = ParameterPlace.Query,
        Style = ParameterStyle.Form,
        Explodes = true,
    };
}
