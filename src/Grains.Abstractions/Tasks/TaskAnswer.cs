using Smcp.Mcp;
using Smcp.Wire;

namespace Smcp.Tasks;

/// <summary>A client's answer to a question of a task.</summary>
[Wire("task-answer", 1)]
public sealed record TaskAnswer(string Key, McpReply Reply);
