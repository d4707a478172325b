using System.Collections.Frozen;
using System.Text.Json;
using Smcp.Protocol;

namespace Smcp.Mcp.Headers;

/// <summary>
/// The headers that a server's tools ask for, by tool (2026-07-28 streamable-http, "Schema Extension").
/// </summary>
internal sealed class ToolHeaderTable
{
    private const string Annotation = "x-mcp-header";

    private readonly FrozenDictionary<string, IReadOnlyList<ToolHeader>> _byTool;
    private readonly FrozenDictionary<string, IReadOnlyList<ToolHeader>>.AlternateLookup<ReadOnlySpan<char>> _byName;

    public ToolHeaderTable(IReadOnlyDictionary<string, IReadOnlyList<ToolHeader>> byTool)
    {
        _byTool = byTool.ToFrozenDictionary(StringComparer.Ordinal);
        _byName = _byTool.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public static ToolHeaderTable Empty { get; } = new(new Dictionary<string, IReadOnlyList<ToolHeader>>());

    public bool IsEmpty => _byTool.Count == 0;

    public IReadOnlyList<ToolHeader> Of(ReadOnlySpan<char> tool) =>
        _byName.TryGetValue(tool, out var headers) ? headers : [];

    /// <summary>Adds what one page of <c>tools/list</c> says. Annotations where they may not stand are none.</summary>
    public static void Read(JsonElement page, Dictionary<string, IReadOnlyList<ToolHeader>> byTool)
    {
        if (!page.TryGetProperty("tools", out var tools) || tools.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (var tool in tools.EnumerateArray())
        {
            var headers = new List<ToolHeader>();
            var name = tool.Text("name");
            if (name is not null && tool.TryGetProperty("inputSchema", out var schema))
            {
                Collect(schema, [], headers);
            }

            if (name is not null && headers.Count > 0)
            {
                byTool[name] = headers;
            }
        }
    }

    private static void Collect(JsonElement schema, IReadOnlyList<string> path, List<ToolHeader> headers)
    {
        if (schema.ValueKind != JsonValueKind.Object
            || !schema.TryGetProperty("properties", out var properties)
            || properties.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var property in properties.EnumerateObject())
        {
            IReadOnlyList<string> here = [.. path, property.Name];
            if (IsAnnotated(property.Value, out var header))
            {
                headers.Add(new ToolHeader(McpHeaders.ParamPrefix + header, here));
            }

            Collect(property.Value, here, headers);
        }
    }

    private static bool IsAnnotated(JsonElement property, out string header)
    {
        header = string.Empty;
        if (property.ValueKind != JsonValueKind.Object
            || property.Text(Annotation) is not { } annotation
            || property.Text("type") is not ("string" or "integer" or "boolean"))
        {
            return false;
        }

        header = annotation;
        return header.Length > 0;
    }
}
