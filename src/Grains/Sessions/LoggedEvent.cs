namespace Smcp.Sessions;

/// <summary>An entry and the number it has in the log.</summary>
internal readonly record struct LoggedEvent(long Sequence, LogEntry Entry);
