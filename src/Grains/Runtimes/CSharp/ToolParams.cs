using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Smcp.Protocol;

namespace Smcp.Runtimes.CSharp;

/// <summary>
/// Reads the params of <c>tools/call</c> from one parsed document; the general way parses each argument into a document
/// of its own.
/// </summary>
internal static class ToolParams
{
    public static CallToolRequestParams Read(ReadOnlyMemory<byte> raw)
    {
        var root = raw.IsEmpty ? default : JsonElement.Parse(raw.Span);
        if (root.ValueKind != JsonValueKind.Object ||
            root.Text("name") is not { } name)
        {
            throw new McpProtocolException("The params of tools/call have no name.", McpErrorCode.InvalidParams);
        }

        if (root.TryGetProperty("inputResponses", out _) || root.TryGetProperty("requestState", out _))
        {
            return root.Deserialize(McpJson<CallToolRequestParams>.Info)!;
        }

        return new CallToolRequestParams
        {
            Name = name,
            Arguments = root.TryGetProperty("arguments", out var arguments) ? Arguments(arguments) : null,
            Meta = root.TryGetProperty("_meta", out var meta) && meta.ValueKind == JsonValueKind.Object
                ? JsonObject.Create(meta)
                : null,
        };
    }

    private static Dictionary<string, JsonElement>? Arguments(JsonElement arguments)
    {
        if (arguments.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (arguments.ValueKind != JsonValueKind.Object)
        {
            throw new McpProtocolException("The arguments of a tool are an object.", McpErrorCode.InvalidParams);
        }

        var read = new Dictionary<string, JsonElement>(arguments.GetPropertyCount(), StringComparer.Ordinal);
        foreach (var argument in arguments.EnumerateObject())
        {
            read[argument.Name] = argument.Value;
        }

        return read;
    }
}
