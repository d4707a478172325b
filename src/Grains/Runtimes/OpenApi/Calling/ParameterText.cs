using System.Text.Json;
using Smcp.Protocol;
using Smcp.Runtimes.OpenApi.Reading;

namespace Smcp.Runtimes.OpenApi.Calling;

/// <summary>
/// Values as parts of a request, by their parameter's style (OpenAPI 3.1, Style Values and its examples; RFC 6570).
/// Whatever could end a part is percent-encoded, so a value stays within its own.
/// </summary>
internal static class ParameterText
{
    private const string Comma = ",";
    private const int DepthMax = 8;

    /// <summary>What may stand unencoded where reserved signs are allowed, and still ends no part of a query.</summary>
    private const string Reserved = "/?:@!$'()*,;";

    /// <summary>What stands for its template in a path.</summary>
    /// <exception cref="ArgumentTextException">It is no text.</exception>
    public static string Path(ApiParameter parameter, JsonElement value)
    {
        var (prefix, between) = parameter.Style switch
        {
            ParameterStyle.Label => (".", parameter.Explodes ? "." : Comma),
            ParameterStyle.Matrix => (";", parameter.Explodes ? ";" : Comma),
            _ => (string.Empty, Comma),
        };
        var isNamed = parameter.Style == ParameterStyle.Matrix;
        var name = Encode(parameter, parameter.Name);
        if (parameter.IsJson || !IsMany(value))
        {
            var text = Encode(parameter, Text(parameter, value));
            return prefix + (!isNamed ? text : text.Length == 0 ? name : $"{name}={text}");
        }

        var parts = isNamed && parameter.Explodes ? Pairs(parameter, value) : Parts(parameter, value);
        return prefix + (isNamed && !parameter.Explodes ? $"{name}=" : string.Empty) + string.Join(between, parts);
    }

    /// <summary>What it adds to a query or a form: pairs of name and value.</summary>
    /// <exception cref="ArgumentTextException">It is no text.</exception>
    public static IEnumerable<string> Query(ApiParameter parameter, JsonElement value)
    {
        var name = Encode(parameter, parameter.Name);
        if (parameter.IsJson || !IsMany(value))
        {
            return [$"{name}={Encode(parameter, Text(parameter, value))}"];
        }

        if (parameter.Style == ParameterStyle.DeepObject)
        {
            return Deep(parameter, name, value, 0);
        }

        if (parameter.Explodes)
        {
            return Pairs(parameter, value);
        }

        var between = parameter.Style switch
        {
            ParameterStyle.SpaceDelimited => "%20",
            ParameterStyle.PipeDelimited => "%7C",
            _ => Comma,
        };
        return [$"{name}={string.Join(between, Parts(parameter, value))}"];
    }

    /// <summary>A header's value, which is not encoded.</summary>
    /// <exception cref="ArgumentTextException">It is no text, or none that a header may have.</exception>
    public static string Header(ApiParameter parameter, JsonElement value)
    {
        var text = parameter.IsJson || !IsMany(value)
            ? Text(parameter, value)
            : string.Join(Comma, Parts(parameter, value, static (_, part) => part));
        return text.All(c => c is >= ' ' and <= '~')
            ? text
            : throw new ArgumentTextException(parameter.Argument, "has a sign that no header can have");
    }

    private static bool IsMany(JsonElement value) => value.ValueKind is JsonValueKind.Array or JsonValueKind.Object;

    /// <summary>Items, or names and values in turn; exploded, as <c>name=value</c>.</summary>
    private static IEnumerable<string> Parts(
        ApiParameter parameter, JsonElement value, Func<ApiParameter, string, string>? encode = null)
    {
        var write = encode ?? Encode;
        if (value.ValueKind == JsonValueKind.Array)
        {
            return value.EnumerateArray().Select(item => write(parameter, Text(parameter, item)));
        }

        var members = value.EnumerateObject().Select(member =>
            (Name: write(parameter, member.Name), Value: write(parameter, Text(parameter, member.Value))));
        return parameter.Explodes
            ? members.Select(member => $"{member.Name}={member.Value}")
            : members.SelectMany(member => new[] { member.Name, member.Value });
    }

    /// <summary>Items by the parameter's name, or members by their own.</summary>
    private static IEnumerable<string> Pairs(ApiParameter parameter, JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
            ? Parts(parameter with { Explodes = true }, Untaken(parameter, value))
            : Parts(parameter, value).Select(item => $"{Encode(parameter, parameter.Name)}={item}");

    /// <summary>
    /// Who names members must not thereby write what another argument is for, nor stand before a credential.
    /// </summary>
    private static JsonElement Untaken(ApiParameter parameter, JsonElement value) =>
        value.EnumerateObject().Select(member => member.Name).FirstOrDefault(parameter.IsTaken) is { } name
            ? throw new ArgumentTextException(
                parameter.Argument, $"has the member '{ClientText.Clip(name)}', which is not its own to set")
            : value;

    /// <summary>OpenAPI leaves open what is within a member; most servers read it in the same way again.</summary>
    private static IEnumerable<string> Deep(ApiParameter parameter, string name, JsonElement value, int depth)
    {
        if (depth > DepthMax)
        {
            throw new ArgumentTextException(parameter.Argument, $"has more than {DepthMax} levels");
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().SelectMany(member =>
                Deep(parameter, $"{name}%5B{Encode(parameter, member.Name)}%5D", member.Value, depth + 1)),
            JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Deep(parameter, name, item, depth + 1)),
            _ => [$"{name}={Encode(parameter, Text(parameter, value))}"],
        };
    }

    /// <summary>One value as a text; what has parts and is within another's, as JSON.</summary>
    private static string Text(ApiParameter parameter, JsonElement value) =>
        parameter.IsJson ? value.GetRawText() : value.ValueKind switch
        {
            JsonValueKind.String => value.Text()
                ?? throw new ArgumentTextException(parameter.Argument, "is no text"),
            JsonValueKind.Null => string.Empty,
            _ => value.GetRawText(),
        };

    private static string Encode(ApiParameter parameter, string text) => parameter.AllowsReserved
        ? string.Concat(text.EnumerateRunes().Select(rune => rune.IsAscii && Reserved.Contains((char)rune.Value)
            ? rune.ToString()
            : Uri.EscapeDataString(rune.ToString())))
        : Uri.EscapeDataString(text);
}
