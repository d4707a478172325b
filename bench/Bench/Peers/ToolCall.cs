namespace Smcp.Bench.Peers;

/// <summary>A tool, its arguments as JSON, and what a right answer holds.</summary>
internal sealed record ToolCall(string Tool, string Arguments, string Expected)
{
    /// <summary>100 bytes there and back.</summary>
    public static ToolCall Echo { get; } =
        new("echo", $$"""{"message":"{{McpRequests.Message}}"}""", McpRequests.Message);

    /// <summary>A durable row.</summary>
    public static ToolCall Increment { get; } = new("increment", "{}", "\"text\":");

    /// <summary>A note more of a notebook.</summary>
    public static ToolCall AddNote { get; } =
        new("add_note", $$"""{"title":"A note","text":"{{McpRequests.Message}}"}""", "\"structuredContent\":");

    /// <summary>A hundred notes of it: some 50 KB of answer.</summary>
    public static ToolCall ListNotes { get; } = new("search_notes", "{\"limit\":100}", "\"structuredContent\":");

    /// <summary>Ends the process that it is called in.</summary>
    public static ToolCall Die { get; } = new("die", "{}", "\"error\":");
}
