namespace Smcp.Engine.Responses;

/// <summary>A response stream ended before its end: its activation ended, or nobody pulled.</summary>
internal sealed class ResponseAbortedException(string message) : Exception(message);
