namespace Smcp.Mcp.Headers;

/// <summary>
/// One <c>x-mcp-header</c> of a tool: the header, and the chain of properties that leads to the argument it
/// mirrors.
/// </summary>
internal sealed record ToolHeader(string Header, IReadOnlyList<string> Path);
