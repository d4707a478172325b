using System.Text.Json.Nodes;

namespace Smcp.EndToEnd.Crash;

/// <summary>One event of a stream: its id and, unless it only primes the stream, its message.</summary>
internal sealed record SseEvent(string? Id, string Data)
{
    public JsonNode? Message => Data.Length == 0 ? null : JsonNode.Parse(Data);

    /// <summary>Whether this is the answer that ends a call's stream.</summary>
    public bool IsAnswer => Message is { } message && message["method"] is null;
}
