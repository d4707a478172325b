using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using Smcp.Protocol;
using Smcp.Runtimes.Remote;

namespace Smcp.Runtimes.OpenApi.Reading;

/// <summary>What a tool takes: the parameters and the body of one operation as arguments.</summary>
internal sealed class InputReader(
    ApiDocument document, ApiSource source, ApiOperation operation, IReadOnlyList<ApiScheme> schemes)
{
    private readonly JsonObject _properties = [];
    private readonly JsonArray _required = [];
    private readonly List<ApiParameter> _parameters = [];

    public IReadOnlyList<ApiParameter> Parameters { get; private set; } = [];

    public ApiBody? Body { get; private set; }

    /// <summary>The input schema.</summary>
    /// <exception cref="OpenApiException">A part of the operation cannot be taken.</exception>
    public JsonObject Read(SchemaWriter schemas)
    {
        foreach (var parameter in AllParameters())
        {
            Take(parameter, schemas);
        }

        var taken = Enum.GetValues<ParameterPlace>().ToDictionary(place => place, TakenIn);
        Parameters = [.. _parameters.Select(parameter => parameter with { Taken = taken[parameter.Place] })];
        if (Missing() is { } missing)
        {
            throw new OpenApiException($"has '{ClientText.Clip(missing)}' in its path, which no parameter is");
        }

        // RFC 9110 section 9.3: content of these has no meaning, and some servers refuse it.
        if (operation.Method is not ("GET" or "HEAD") && operation.Json.Member("requestBody") is { } body)
        {
            TakeBody(document.Resolve(body), schemas);
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = _properties };
        if (_required.Count > 0)
        {
            schema["required"] = _required;
        }

        schema["additionalProperties"] = false;
        if (schemas.Definitions() is { } definitions)
        {
            schema["$defs"] = definitions;
        }

        return schema;
    }

    /// <summary>The path's, and the operation's own before those of the same name and place.</summary>
    private IEnumerable<JsonElement> AllParameters() => operation.Item.Items("parameters")
        .Concat(operation.Json.Items("parameters"))
        .Select(Resolve)
        .GroupBy(parameter => (parameter.TextOf("in"), ApiParameter.NameOf(parameter)))
        .Select(same => same.Last());

    private JsonElement Resolve(JsonElement said)
    {
        var parameter = document.Resolve(said);
        document.Spend(parameter.LengthOf("in") + parameter.LengthOf("name"));
        return parameter;
    }

    private string? Missing()
    {
        var rest = operation.Path;
        foreach (var parameter in _parameters.Where(parameter => parameter.Place == ParameterPlace.Path))
        {
            rest = rest.Replace($"{{{parameter.Name}}}", string.Empty, StringComparison.Ordinal);
        }

        return rest.IndexOf('{', StringComparison.Ordinal) is >= 0 and var at ? rest[at..] : null;
    }

    private void Take(JsonElement parameter, SchemaWriter schemas)
    {
        var name = ApiParameter.NameOf(parameter);
        var place = ApiParameter.PlaceOf(parameter)
            ?? throw new OpenApiException($"has the parameter '{ClientText.Clip(name)}' in no place that there is");
        if (IsOurs(place, name)
            || (place == ParameterPlace.Path && !operation.Path.Contains($"{{{name}}}", StringComparison.Ordinal)))
        {
            return;
        }

        var read = ApiParameter.Read(parameter, place, ArgumentOf(name, place.ToString().ToLowerInvariant()));
        _parameters.Add(read);
        var schema = parameter.Member("schema")
            ?? parameter.Members("content").Select(content => content.Value.Member("schema")).FirstOrDefault();
        Add(read.Argument, schema, parameter.TextOf("description"), read.IsRequired, schemas);
    }

    /// <summary>
    /// What transport and credentials write is no argument: a client must not choose whose credential is shown. Three
    /// headers are none by OpenAPI itself (3.1, Parameter Object).
    /// </summary>
    private bool IsOurs(ParameterPlace place, string name) => place switch
    {
        ParameterPlace.Header => SecretHeaders.Problem([name]) is not null
            || name.Equals(ApiSchemes.Authorization, StringComparison.OrdinalIgnoreCase)
            || name.Equals("Cookie", StringComparison.OrdinalIgnoreCase)
            || source.Settings.SecretHeaders.Keys.Contains(name, StringComparer.OrdinalIgnoreCase)
            || IsShown(ApiSchemeKind.Header, name),
        ParameterPlace.Query => IsShown(ApiSchemeKind.Query, name),
        ParameterPlace.Cookie => IsShown(ApiSchemeKind.Cookie, name),
        _ => false,
    };

    /// <summary>What no argument may write into this place by names of its own choice.</summary>
    private FrozenSet<string> TakenIn(ParameterPlace place) => schemes
        .Where(scheme => (place, scheme.Kind) is
            (ParameterPlace.Query, ApiSchemeKind.Query) or (ParameterPlace.Cookie, ApiSchemeKind.Cookie))
        .Select(scheme => scheme.Parameter)
        .Concat(_parameters.Where(parameter => parameter.Place == place).Select(parameter => parameter.Name))
        .Select(ApiParameter.Folded)
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private bool IsShown(ApiSchemeKind kind, string name) => schemes.Any(scheme =>
        scheme.Kind == kind && scheme.Parameter.Equals(name, StringComparison.OrdinalIgnoreCase));

    private void TakeBody(JsonElement body, SchemaWriter schemas)
    {
        document.Visit(body.Member("content") ?? default);
        var contents = body.Members("content").ToList();
        var content = contents
            .Where(content => ApiBody.FormOf(content.Name) is not null)
            .OrderBy(content => ApiBody.FormOf(content.Name))
            .FirstOrDefault();
        if (content.Value.ValueKind == JsonValueKind.Undefined)
        {
            var named = string.Join(", ", contents.Select(other => other.Name));
            throw new OpenApiException($"takes a body that no arguments can be: {ClientText.Clip(named)}");
        }

        var form = ApiBody.FormOf(content.Name)!.Value;
        Body = new ApiBody
        {
            Argument = ArgumentOf("body", "content"),
            MediaType = content.Name.Contains('*', StringComparison.Ordinal) ? "application/json" : content.Name,
            Form = form,
            IsRequired = body.Flag("required"),
            Fields = form == ApiBodyForm.Fields ? ApiBody.FieldsOf(content.Value) : ApiBody.FieldsOf(default),
        };
        Add(
            Body.Argument, content.Value.Member("schema"), body.TextOf("description"), Body.IsRequired, schemas);
    }

    private string ArgumentOf(string name, string other)
    {
        var plain = ApiNames.Plain(name);
        return _properties.ContainsKey(plain)
            ? ApiNames.Unique(ApiNames.Plain($"{name}_{other}"), IsTaken)
            : plain;
    }

    private bool IsTaken(string argument)
    {
        document.Spend(1);
        return _properties.ContainsKey(argument);
    }

    private void Add(
        string argument, JsonElement? schema, string? description, bool isRequired, SchemaWriter schemas)
    {
        var written = schema is { } said ? schemas.Write(said) : new JsonObject();
        if (description is not null && written is JsonObject node)
        {
            node["description"] = ApiTexts.Clip(description, source.Options.DescriptionCharsMax);
        }

        _properties[argument] = written;
        if (isRequired)
        {
            _required.Add(argument);
        }
    }
}
