using Smcp.Protocol;
using Smcp.Servers;
using Smcp.Servers.Deploying.Settings;

namespace Smcp.Runtimes.OpenApi.Reading;

/// <summary>
/// Makes tools of an API's description, the same at deployment and whenever the server starts. Nothing stops at the
/// first problem; with one, the plan is none that may be used.
/// </summary>
internal sealed class ApiPlanReader(ApiSource source, SettingsProblems problems)
{
    private readonly OpenApiSettings _settings = source.Settings;

    public ApiPlan? Read(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            if (!YamlText.IsYaml(_settings.Document))
            {
                return Read(ApiDocument.Parse(bytes, StepsMax(bytes.Length), cancellationToken));
            }

            return bytes.Length <= source.Options.YamlBytesMax
                ? Read(ApiDocument.Parse(YamlText.ToJson(bytes), StepsMax(bytes.Length), cancellationToken))
                : throw new OpenApiException(
                    $"has more than {source.Options.YamlBytesMax} bytes of YAML: convert it to JSON");
        }
        catch (OpenApiException exception)
        {
            problems.Note(_settings.Document, exception.Message);
            return null;
        }
    }

    /// <summary>
    /// A step for each byte, and for each that the schemas of all tools may have: in their places and, where they grow
    /// too large there, once more, of arguments and of answers. By a clock it would not be the same each time.
    /// </summary>
    private long StepsMax(int bytes) => bytes + (4L * source.Options.OperationsMax * source.Options.SchemaBytesMax);

    private ApiPlan Read(ApiDocument document)
    {
        var operations = ApiOperation.Of(document)
            .Where(new OperationFilter(_settings.Include, _settings.Exclude).Fits).ToList();
        if (operations.Count > source.Options.OperationsMax)
        {
            throw new OpenApiException(
                $"has {operations.Count} operations; at most {source.Options.OperationsMax} can be tools: "
                + "say which in /openapi/include or /openapi/exclude");
        }

        var addresses = new ApiAddresses(document, source);
        var schemes = new ApiSchemes(document, addresses);
        var credentials = ReadCredentials(schemes);
        var reader = new OperationReader(document, source, addresses, schemes, credentials);
        var tools = ReadTools(reader, operations);
        Check(document, operations, tools, credentials);
        var info = document.Root.Member("info");
        var instructions = _settings.Instructions ?? info?.TextOf("description");
        return new ApiPlan(
            info?.TextOf("title"),
            instructions is null ? null : ApiTexts.Clip(instructions, source.Options.DescriptionCharsMax),
            tools);
    }

    private Dictionary<string, ApiScheme> ReadCredentials(ApiSchemes schemes)
    {
        var read = new Dictionary<string, ApiScheme>(StringComparer.Ordinal);
        foreach (var credential in _settings.Credentials)
        {
            try
            {
                read[credential.Scheme] = schemes.Read(credential);
            }
            catch (OpenApiException exception) when (!exception.IsLast)
            {
                problems.Note($"/openapi/auth/{SettingsProblems.Escape(credential.Scheme)}", exception.Message);
            }
        }

        return read;
    }

    private List<ApiTool> ReadTools(OperationReader reader, IReadOnlyList<ApiOperation> operations)
    {
        var names = NamesOf(operations);
        var tools = new List<ApiTool>();
        var refused = new OrderedDictionary<string, List<ApiOperation>>(StringComparer.Ordinal);
        long bytes = 0;
        foreach (var operation in operations)
        {
            try
            {
                var tool = reader.Read(operation, names[operation], ChangesOf(operation));
                tools.Add(tool);
                bytes += tool.Definition.Length;
            }
            catch (OpenApiException exception) when (!exception.IsLast)
            {
                refused.TryAdd(exception.Message, []);
                refused[exception.Message].Add(operation);
            }

            if (bytes > source.Options.ToolsBytesMax)
            {
                throw new OpenApiException(
                    $"makes tools of more than {source.Options.ToolsBytesMax} bytes: say fewer in /openapi/include");
            }
        }

        foreach (var (what, where) in refused.Where(_ => !_settings.SkipsUnsupported))
        {
            var more = where.Count > 1 ? $" (and {where.Count - 1} more)" : string.Empty;
            problems.Note(ClientText.Clip(where[0].Place) + more, what);
        }

        return tools;
    }

    /// <summary>Those that the settings name, first; the others make way.</summary>
    private Dictionary<ApiOperation, string> NamesOf(IReadOnlyList<ApiOperation> operations)
    {
        var names = new Dictionary<ApiOperation, string>(ReferenceEqualityComparer.Instance);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in operations)
        {
            if (ChangesOf(operation)?.Name is { } name)
            {
                names[operation] = name;
                if (!taken.Add(name))
                {
                    problems.Note("/openapi/tools", $"has two tools of the name {name}");
                }
            }
        }

        foreach (var operation in operations.Where(operation => !names.ContainsKey(operation)))
        {
            var name = ApiNames.Unique(ApiNames.Plain(operation.Id), taken.Contains);
            taken.Add(name);
            names[operation] = name;
        }

        return names;
    }

    private OpenApiTool? ChangesOf(ApiOperation operation) => _settings.Tools.FirstOrDefault(
        tool => tool.Operation == operation.Id || tool.Operation == operation.Place);

    /// <summary>
    /// What the settings say and nothing is left of is a mistake, and must not be taken for a setting.
    /// </summary>
    private void Check(
        ApiDocument document,
        IReadOnlyList<ApiOperation> operations,
        List<ApiTool> tools,
        Dictionary<string, ApiScheme> credentials)
    {
        if (problems.Any)
        {
            return;
        }

        foreach (var tool in _settings.Tools.Where(tool => operations.All(
            operation => tool.Operation != operation.Id && tool.Operation != operation.Place)))
        {
            problems.Note(
                $"/openapi/tools/{SettingsProblems.Escape(tool.Operation)}", "is no operation that becomes a tool");
        }

        var shown = tools.SelectMany(tool => tool.Schemes).ToHashSet();
        foreach (var (name, _) in credentials.Where(pair => !shown.Contains(pair.Value)))
        {
            problems.Note(
                $"/openapi/auth/{SettingsProblems.Escape(name)}",
                "is asked for by no operation: what all requests are to carry stands in secretHeaders");
        }

        if (_settings.Variables.Count > 0 && document.Root.Items("servers").FirstOrDefault() is var server
            && _settings.Variables.Keys.FirstOrDefault(name => server.Member("variables")?.Member(name) is null)
                is { } unknown)
        {
            problems.Note($"/openapi/variables/{SettingsProblems.Escape(unknown)}", "is no variable of the server");
        }

        if (tools.Count == 0)
        {
            problems.Note(_settings.Document, "has no operation that becomes a tool");
        }
    }
}
