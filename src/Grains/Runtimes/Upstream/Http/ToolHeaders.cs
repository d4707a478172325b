using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Smcp.Protocol;

namespace Smcp.Runtimes.Upstream.Http;

/// <summary>
/// Which arguments of which tools a server wants as headers too (2026-07-28 tools, <c>x-mcp-header</c>), from the
/// listings that passed by.
/// </summary>
internal sealed class ToolHeaders
{
    private const int ToolsMax = 10_000;
    private const int HeadersPerToolMax = 64;
    private const int DepthMax = 16;
    private const string Annotation = "x-mcp-header";

    private readonly ConcurrentDictionary<string, IReadOnlyList<(string[] Path, string Name)>> _tools =
        new(StringComparer.Ordinal);

    /// <summary>
    /// Learns from a result of <c>tools/list</c>: the result without the tools whose annotations are none that a call
    /// could obey, which clients must not show (2026-07-28 tools), and the cursor of its next page, if it has one.
    /// </summary>
    public (ReadOnlyMemory<byte> List, string? Next) Learn(ReadOnlyMemory<byte> result)
    {
        using var document = ForeignJson.Parse(result, default);
        if (document?.RootElement is not { ValueKind: JsonValueKind.Object } list)
        {
            return (result, null);
        }

        var next = list.Text("nextCursor");
        if (!list.TryGetProperty("tools", out var tools) || tools.ValueKind != JsonValueKind.Array)
        {
            return (result, next);
        }

        var kept = tools.EnumerateArray().Where(TryLearn).ToList();
        return kept.Count == tools.GetArrayLength()
            ? (result, next)
            : (UpstreamJson.With(result, new JsonEdit("tools", UpstreamJson.Array(kept))), next);
    }

    /// <summary>The headers of a call, by the params of <c>tools/call</c>.</summary>
    public IEnumerable<(string Name, string Value)> Of(ReadOnlyMemory<byte> parameters)
    {
        var headers = new List<(string, string)>();
        using var document = ForeignJson.Parse(parameters, default);
        if (document?.RootElement is not { ValueKind: JsonValueKind.Object } call
            || call.Text("name") is not { } tool || !_tools.TryGetValue(tool, out var wanted)
            || !call.TryGetProperty("arguments", out var arguments))
        {
            return headers;
        }

        foreach (var (path, name) in wanted)
        {
            if (ValueOf(arguments, path) is { } value)
            {
                headers.Add((McpHeaders.ParamPrefix + name, McpHeaderValue.Encode(value)));
            }
        }

        return headers;
    }

    /// <summary>False for a tool that cannot be called as it asks to be.</summary>
    private bool TryLearn(JsonElement tool)
    {
        if (tool.ValueKind != JsonValueKind.Object || tool.Text("name") is not { } name
            || !tool.TryGetProperty("inputSchema", out var schema))
        {
            return true;
        }

        var found = new List<(string[], string)>();
        Collect(schema, [], found);
        if (found.Count != Count(schema, isSchema: true, depth: 0))
        {
            _tools.TryRemove(name, out _);
            return false;
        }

        if (found.Count == 0)
        {
            _tools.TryRemove(name, out _);
        }
        else if (_tools.Count < ToolsMax)
        {
            _tools[name] = found;
        }

        return true;
    }

    private static void Collect(JsonElement schema, string[] path, List<(string[] Path, string Name)> found)
    {
        if (path.Length == DepthMax || schema.ValueKind != JsonValueKind.Object
            || !schema.TryGetProperty("properties", out var properties)
            || properties.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var property in properties.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Object))
        {
            string[] deeper = [.. path, property.Name];
            if (property.Value.Text(Annotation) is { } name && IsToken(name)
                && property.Value.Text("type") is "string" or "integer" or "boolean"
                && found.Count < HeadersPerToolMax
                && !found.Any(other => other.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            {
                found.Add((deeper, name));
            }

            Collect(property.Value, deeper, found);
        }
    }

    /// <summary>How often a schema is annotated, wherever: a property may well have that name.</summary>
    private static int Count(JsonElement json, bool isSchema, int depth) => json.ValueKind switch
    {
        _ when depth > DepthMax * 4 => 0,
        JsonValueKind.Object => json.EnumerateObject().Sum(member => isSchema && member.NameEquals(Annotation)
            ? 1
            : Count(member.Value, !isSchema || !member.NameEquals("properties"), depth + 1)),
        JsonValueKind.Array => json.EnumerateArray().Sum(item => Count(item, true, depth + 1)),
        _ => 0,
    };

    // RFC 9110 section 5.6.2.
    private static bool IsToken(string name) => name.Length is > 0 and <= 128
        && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));

    private static string? ValueOf(JsonElement arguments, string[] path)
    {
        var value = arguments;
        foreach (var name in path)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
            {
                return null;
            }
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => value.Text(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Number when value.TryGetInt64(out var number) =>
                number.ToString(CultureInfo.InvariantCulture),
            JsonValueKind.Number when value.TryGetDouble(out var number) && double.IsInteger(number) =>
                number.ToString("F0", CultureInfo.InvariantCulture),
            _ => null,
        };
    }
}
