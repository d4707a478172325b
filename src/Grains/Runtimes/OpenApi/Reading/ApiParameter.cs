using System.Collections.Frozen;
using System.Text.Json;
using Smcp.Protocol;

namespace Smcp.Runtimes.OpenApi.Reading;

/// <summary>A parameter of an operation (OpenAPI 3.1, Parameter Object).</summary>
internal sealed record ApiParameter
{
    private const string Json = "json";

    /// <summary>The tool's argument that is its value.</summary>
    public required string Argument { get; init; }

    /// <summary>What the request calls it.</summary>
    public required string Name { get; init; }

    public required ParameterPlace Place { get; init; }

    public ParameterStyle Style { get; init; }

    /// <summary>Whether each item or member is written as one of its own.</summary>
    public bool Explodes { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>Whether its value is written as JSON.</summary>
    public bool IsJson { get; init; }

    /// <summary>Whether what separates parts of a URL may stand in its value.</summary>
    public bool AllowsReserved { get; init; }

    /// <summary>The folded names in its place, of all parameters and of credentials.</summary>
    public IReadOnlySet<string> Taken { get; init; } = FrozenSet<string>.Empty;

    /// <summary>
    /// Whether a member of its value, written by a name of its own, would be taken for another parameter or a
    /// credential.
    /// </summary>
    public bool IsTaken(string member) => member != Name && Taken.Contains(Folded(member));

    /// <summary>
    /// A name as servers may read it: some read <c>a[b]</c> as a part of <c>a</c>, and other signs as <c>_</c>.
    /// </summary>
    public static string Folded(string name)
    {
        var trimmed = name.Trim();
        var text = trimmed.Split('\0')[0];
        var open = text.IndexOf('[', StringComparison.Ordinal);

        // One that is never closed is a sign like others.
        var head = open > 0 && text.IndexOf(']', open) > 0 ? text[..open] : text;
        return new string([.. head.Select(c => char.IsLetterOrDigit(c) ? c : '_')]);
    }

    /// <summary>A cookie's name is a token (RFC 6265 section 4.1.1).</summary>
    public static bool IsCookie(string name) =>
        name.Length is > 0 and <= 128 && name.All(c => c is > ' ' and <= '~' && !"()<>@,;:\\\"/[]?={}".Contains(c));

    /// <exception cref="OpenApiException">It is none that can be written.</exception>
    public static ApiParameter Read(JsonElement parameter, ParameterPlace place, string argument)
    {
        var name = NameOf(parameter);
        if (place == ParameterPlace.Cookie && !IsCookie(name))
        {
            throw new OpenApiException($"has a cookie of no such name as cookies have: '{ClientText.Clip(name)}'");
        }

        var style = StyleOf(parameter, place, name);
        return new ApiParameter
        {
            Argument = argument,
            Name = name,
            Place = place,
            Style = style,
            Explodes = parameter.Flag("explode", absent: style == ParameterStyle.Form),
            IsRequired = place == ParameterPlace.Path || parameter.Flag("required"),
            IsJson = parameter.Members("content")
                .Any(content => content.Name.Contains(Json, StringComparison.OrdinalIgnoreCase)),
            AllowsReserved = place == ParameterPlace.Query && parameter.Flag("allowReserved"),
        };
    }

    public static string NameOf(JsonElement parameter) => parameter.TextOf("name") is { Length: > 0 } name
        ? name
        : throw new OpenApiException("has a parameter without a name");

    /// <summary>Null for a place that there is none of.</summary>
    public static ParameterPlace? PlaceOf(JsonElement parameter) => parameter.TextOf("in") switch
    {
        "path" => ParameterPlace.Path,
        "query" => ParameterPlace.Query,
        "header" => ParameterPlace.Header,
        "cookie" => ParameterPlace.Cookie,
        _ => null,
    };

    public static ParameterStyle StyleOf(JsonElement said, ParameterPlace place, string name) =>
        (place, said.TextOf("style")) switch
        {
            (ParameterPlace.Path, null or "simple") or (ParameterPlace.Header, null or "simple") =>
                ParameterStyle.Simple,
            (ParameterPlace.Path, "label") => ParameterStyle.Label,
            (ParameterPlace.Path, "matrix") => ParameterStyle.Matrix,
            (ParameterPlace.Query, null or "form") or (ParameterPlace.Cookie, null or "form") => ParameterStyle.Form,
            (ParameterPlace.Query, "spaceDelimited") => ParameterStyle.SpaceDelimited,
            (ParameterPlace.Query, "pipeDelimited") => ParameterStyle.PipeDelimited,
            (ParameterPlace.Query, "deepObject") => ParameterStyle.DeepObject,
            var (_, style) => throw new OpenApiException(
                $"has the parameter '{ClientText.Clip(name)}' in a style of no such place: {ClientText.Clip(style!)}"),
        };
}
