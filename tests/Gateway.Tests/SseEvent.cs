using System.Text.Json.Nodes;

namespace Smcp;

/// <summary>One event of a stream.</summary>
internal sealed record SseEvent(string? Id, string Data)
{
    public JsonNode Message => JsonNode.Parse(Data)!;
}
