using System.Text;
using System.Text.Json;
using Smcp.Protocol;
using Smcp.Runtimes.OpenApi.Reading;

namespace Smcp.Runtimes.OpenApi.Calling;

/// <summary>Makes the request that a call of a tool is.</summary>
internal sealed class RequestWriter(OpenApiRuntimeOptions options)
{
    public static UriCreationOptions AsItStands { get; } = new()
    {
        DangerousDisablePathAndQueryCanonicalization = true,
    };

    /// <summary>The request; or what is wrong with the arguments, in words for the model that gave them.</summary>
    public (ApiRequest? Request, string? Problem) Write(ApiTool tool, JsonElement? arguments)
    {
        var given = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var argument in arguments?.Members() ?? [])
        {
            given[argument.Name] = argument.Value;
        }

        if (Problem(tool, given) is { } problem)
        {
            return (null, problem);
        }

        try
        {
            var request = Make(tool, given);
            return request.Uri.OriginalString.Length > options.UrlCharsMax
                    ? (null, $"The request's URL would have more than {options.UrlCharsMax} characters.")
                : request.Body?.Length > options.RequestBytesMax
                    ? (null, $"The request's body would have more than {options.RequestBytesMax} bytes.")
                : (request, null);
        }
        catch (ArgumentTextException exception)
        {
            return (null, exception.Message);
        }
    }

    private static string? Problem(ApiTool tool, Dictionary<string, JsonElement> given)
    {
        var known = tool.Parameters.Select(parameter => parameter.Argument).ToHashSet(StringComparer.Ordinal);
        var required = tool.Parameters.Where(parameter => parameter.IsRequired)
            .Select(parameter => parameter.Argument).ToList();
        if (tool.Body is { } body)
        {
            known.Add(body.Argument);
            required.AddRange(body.IsRequired ? [body.Argument] : Array.Empty<string>());
        }

        if (given.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            return $"'{ClientText.Clip(unknown)}' is no argument of {tool.Name}.";
        }

        return required.FirstOrDefault(name => !given.ContainsKey(name)) is { } missing
            ? $"'{missing}' is missing."
            : null;
    }

    private static ApiRequest Make(ApiTool tool, Dictionary<string, JsonElement> given)
    {
        var path = tool.Operation.Path;
        var query = new List<string>();
        var headers = new List<(string, string)>();
        var cookies = new List<string>();
        foreach (var parameter in tool.Parameters)
        {
            if (!given.TryGetValue(parameter.Argument, out var value)
                || (value.ValueKind == JsonValueKind.Null && !parameter.IsRequired))
            {
                continue;
            }

            switch (parameter.Place)
            {
                case ParameterPlace.Path:
                    path = path.Replace($"{{{parameter.Name}}}", PathPart(parameter, value), StringComparison.Ordinal);
                    break;
                case ParameterPlace.Query:
                    query.AddRange(ParameterText.Query(parameter, value));
                    break;
                case ParameterPlace.Header:
                    headers.Add((parameter.Name, ParameterText.Header(parameter, value)));
                    break;
                case ParameterPlace.Cookie:
                    cookies.Add(CookieOf(parameter, value));
                    break;
                default:
                    throw new InvalidOperationException("A parameter stands nowhere.");
            }
        }

        return new ApiRequest
        {
            Tool = tool,
            Uri = UriOf(tool, path, query),
            Headers = headers,
            Cookies = string.Join("; ", cookies),
            Body = BodyOf(tool, given),
        };
    }

    /// <summary>The members of an exploded object would be cookies of any name.</summary>
    private static string CookieOf(ApiParameter parameter, JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && parameter is { Explodes: true, IsJson: false }
            ? throw new ArgumentTextException(parameter.Argument, "is an object, which its cookie cannot be")
            : string.Join('&', ParameterText.Query(parameter, value));

    /// <summary>An empty part would make another path of it: another operation.</summary>
    private static string PathPart(ApiParameter parameter, JsonElement value)
    {
        var isNothing = value.ValueKind switch
        {
            JsonValueKind.Null => true,
            JsonValueKind.Array => value.GetArrayLength() == 0,
            JsonValueKind.Object => !value.EnumerateObject().Any(),
            JsonValueKind.String => value.Text() is { Length: 0 },
            _ => false,
        };
        return !isNothing && ParameterText.Path(parameter, value) is { Length: > 0 } part
            ? part
            : throw new ArgumentTextException(parameter.Argument, "is empty");
    }

    /// <summary>
    /// As it is written here: nothing takes it apart and puts it together in another way. A path that any server may
    /// read as leading elsewhere is not asked for.
    /// </summary>
    private static Uri UriOf(ApiTool tool, string path, List<string> query)
    {
        var whole = tool.Base.AbsolutePath.TrimEnd('/') + Literal(path);
        if (!ApiPath.IsSound(whole))
        {
            throw new ArgumentTextException(
                string.Join("', '", tool.Parameters.Where(part => part.Place == ParameterPlace.Path)
                    .Select(part => part.Argument)),
                "would lead out of the operation's path");
        }

        var asked = query.Count > 0 ? "?" + string.Join('&', query) : string.Empty;
        var uri = new Uri(tool.Base.GetLeftPart(UriPartial.Authority) + whole + asked, AsItStands);
        return uri.Host == tool.Base.Host && uri.Port == tool.Base.Port && uri.Scheme == tool.Base.Scheme
            ? uri
            : throw new InvalidOperationException("The request would go to another host.");
    }

    /// <summary>
    /// The template's own text may have what no URL has; what stands for its arguments has nothing of it.
    /// </summary>
    private static string Literal(string path) => string.Concat(path.EnumerateRunes().Select(rune =>
        rune.IsAscii && IsLiteral((char)rune.Value) ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));

    // RFC 3986 section 3.3, and what is encoded already.
    private static bool IsLiteral(char c) => char.IsAsciiLetterOrDigit(c) || "-._~!$&'()*+,;=:@/%".Contains(c);

    private static ReadOnlyMemory<byte>? BodyOf(ApiTool tool, Dictionary<string, JsonElement> given)
    {
        if (tool.Body is not { } body || !given.TryGetValue(body.Argument, out var value))
        {
            return null;
        }

        return body.Form switch
        {
            ApiBodyForm.Json => Encoding.UTF8.GetBytes(value.GetRawText()),
            ApiBodyForm.Text => Encoding.UTF8.GetBytes(
                value.Text() ?? throw new ArgumentTextException(body.Argument, "is no text")),
            _ => value.ValueKind == JsonValueKind.Object
                ? Encoding.UTF8.GetBytes(
                    string.Join('&', value.EnumerateObject().SelectMany(field => Field(body, field))))
                : throw new ArgumentTextException(body.Argument, "is no object"),
        };
    }

    private static IEnumerable<string> Field(ApiBody body, JsonProperty field) => field.Value.ValueKind switch
    {
        JsonValueKind.Null => [],
        JsonValueKind.Object when !body.Fields.ContainsKey(field.Name) =>
            ParameterText.Query(ApiBody.FieldOf(field.Name) with { IsJson = true }, field.Value),
        _ => ParameterText.Query(body.Fields.GetValueOrDefault(field.Name) ?? ApiBody.FieldOf(field.Name), field.Value),
    };
}
