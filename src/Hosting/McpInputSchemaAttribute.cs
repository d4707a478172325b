using System.Diagnostics.CodeAnalysis;

namespace Smcp.Hosting;

/// <summary>
/// Gives a tool's input schema as it is to be listed, byte for byte in meaning, in place of the one made from its
/// parameters.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class McpInputSchemaAttribute([StringSyntax(StringSyntaxAttribute.Json)] string json) : Attribute
{
    public string Json => json;
}
