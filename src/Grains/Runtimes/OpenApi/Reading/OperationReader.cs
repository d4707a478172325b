using System.Text.Json.Nodes;
using Smcp.Servers;

namespace Smcp.Runtimes.OpenApi.Reading;

/// <summary>Makes a tool of an operation.</summary>
internal sealed class OperationReader(
    ApiDocument document,
    ApiSource source,
    ApiAddresses addresses,
    ApiSchemes schemes,
    IReadOnlyDictionary<string, ApiScheme> credentials)
{
    /// <summary>How deep a tool's definition may be, so that the lists that it stands in can still be read.</summary>
    private const int DepthMax = 56;

    /// <exception cref="OpenApiException">No tool can stand for it.</exception>
    public ApiTool Read(ApiOperation operation, string name, OpenApiTool? changes)
    {
        if (!ApiPath.IsSound(operation.Path) || operation.Path.AsSpan().ContainsAny('?', '#'))
        {
            throw new OpenApiException("has a path that leads elsewhere");
        }

        var chosen = schemes.Choose(operation.Json, credentials)
            ?? (source.Settings.SecretHeaders.Count > 0
                ? Array.Empty<ApiScheme>()
                : throw new OpenApiException($"needs a credential: set {schemes.Wanted(operation.Json)}"));
        var address = addresses.BaseOf(
            operation.Json.Member("servers") ?? operation.Item.Member("servers") ?? document.Root.Member("servers"));
        try
        {
            return Read(operation, name, changes, (address, chosen), inlines: true);
        }
        catch (OpenApiException exception) when (exception.IsSize)
        {
            return Read(operation, name, changes, (address, chosen), inlines: false);
        }
    }

    private ApiTool Read(
        ApiOperation operation,
        string name,
        OpenApiTool? changes,
        (Uri Address, IReadOnlyList<ApiScheme> Schemes) way,
        bool inlines)
    {
        var bytesMax = source.Options.SchemaBytesMax;
        var input = new InputReader(document, source, operation, way.Schemes);
        var output = new OutputReader(document, operation);
        var definition = Describe(operation, name, changes);
        definition["inputSchema"] = input.Read(new SchemaWriter(document, isInput: true, inlines, bytesMax));
        var answer = source.Settings.HidesOutput
            ? null
            : output.Read(new SchemaWriter(document, isInput: false, inlines, bytesMax));
        if (answer is not null)
        {
            definition["outputSchema"] = answer;
        }

        definition["annotations"] = Annotate(operation);
        return new ApiTool
        {
            Name = name,
            Definition = Write(definition),
            Operation = operation,
            Base = way.Address,
            Parameters = input.Parameters,
            Body = input.Body,
            Schemes = way.Schemes,
            Accept = output.Accept(),
            HasOutput = answer is not null,
        };
    }

    private JsonObject Describe(ApiOperation operation, string name, OpenApiTool? changes)
    {
        var charsMax = source.Options.DescriptionCharsMax;
        var summary = operation.Json.TextOf("summary") ?? operation.Item.TextOf("summary");
        var described = new JsonObject { ["name"] = name };
        if ((changes?.Title ?? summary) is { } title)
        {
            described["title"] = ApiTexts.Clip(title, charsMax);
        }

        string?[] said = [summary, operation.Json.TextOf("description") ?? operation.Item.TextOf("description")];
        var text = changes?.Description ?? string.Join("\n\n", said.OfType<string>().Distinct(StringComparer.Ordinal));
        var mark = operation.Json.Flag("deprecated") && changes?.Description is null ? "Deprecated. " : string.Empty;
        described["description"] = ApiTexts.Clip(mark + (text.Length > 0 ? text : operation.Place), charsMax);
        return described;
    }

    /// <summary>
    /// What a method promises (RFC 9110 sections 9.2.1 and 9.2.2). What it does not promise is taken for the worst.
    /// </summary>
    private static JsonObject Annotate(ApiOperation operation) => new()
    {
        ["readOnlyHint"] = operation.IsSafe,
        ["destructiveHint"] = !operation.IsSafe,
        ["idempotentHint"] = operation.IsSafe || operation.Method is "PUT" or "DELETE",
        ["openWorldHint"] = true,
    };

    private static byte[] Write(JsonObject definition)
    {
        var written = RawJson.Write(definition);
        return DepthOf(written) <= DepthMax
            ? written
            : throw new OpenApiException($"has schemas of more than {DepthMax} levels") { IsSize = true };
    }

    private static int DepthOf(ReadOnlySpan<byte> json)
    {
        var reader = new System.Text.Json.Utf8JsonReader(
            json, new System.Text.Json.JsonReaderOptions { MaxDepth = int.MaxValue });
        var depth = 0;
        while (reader.Read())
        {
            depth = Math.Max(depth, reader.CurrentDepth);
        }

        return depth;
    }
}
