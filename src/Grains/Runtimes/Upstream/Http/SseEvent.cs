namespace Smcp.Runtimes.Upstream.Http;

/// <summary>
/// One event of a stream: its id, retry and name where it said them, and its data, a copy; empty for none.
/// </summary>
internal readonly record struct SseEvent(string? Id, TimeSpan? Retry, string? Name, ReadOnlyMemory<byte> Data);
