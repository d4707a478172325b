namespace Smcp.Bench.Peers;

/// <summary>A tool, its arguments as JSON, and what a right answer holds.</summary>
internal sealed record ToolCall(string Tool, string Arguments, string Expected)
{
    /// <summary>100 bytes there and back.</summary>
    public static ToolCall Echo { get; } =
        new("echo", $$"""{"message":"{{McpRequests.Message}}"}""", McpRequests.Message);

    /// <summary>A durable row.</summary>
    public static ToolCall Increment { get; } = new("increment", "{}", "\"text\":");
}
