using System.ComponentModel;
using System.Text.Json;
using ModelContextProtocol.Server;
using Smcp.Hosting;

namespace Smcp.Samples.Everything.Tools;

/// <summary>Tools that are about their input schema.</summary>
[McpServerToolType]
public sealed class SchemaTools
{
    [McpServerTool(Name = "json_schema_2020_12_tool")]
    [Description("Has an input schema with the keywords of JSON Schema 2020-12.")]
    [McpInputSchema(
        """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "$defs": {
            "address": {
              "$anchor": "addressDef",
              "type": "object",
              "properties": { "street": { "type": "string" }, "city": { "type": "string" } }
            }
          },
          "properties": {
            "name": { "type": "string" },
            "address": { "$ref": "#/$defs/address" },
            "contactMethod": { "type": "string", "enum": ["phone", "email"] },
            "phone": { "type": "string" },
            "email": { "type": "string" }
          },
          "allOf": [{ "anyOf": [{ "required": ["phone"] }, { "required": ["email"] }] }],
          "if": { "properties": { "contactMethod": { "const": "phone" } }, "required": ["contactMethod"] },
          "then": { "required": ["phone"] },
          "else": { "required": ["email"] },
          "additionalProperties": false
        }
        """)]
    public static string JsonSchema(string? name = null, JsonElement? address = null) =>
        $"JSON Schema 2020-12 tool called with: name={name ?? "none"}, address={address?.GetRawText() ?? "none"}";

    [McpServerTool(Name = "test_header_tool"), Description("Takes an argument that clients mirror in a header.")]
    public static string Header([McpHeader("Region"), Description("The region.")] string region) => $"Region: {region}";

    [McpServerTool(Name = "add"), Description("Adds two numbers.")]
    public static double Add([Description("The first.")] double a, [Description("The second.")] double b) => a + b;
}
