namespace Smcp.Storage;

/// <summary>The last segment of a log, the number in its name, and its tag.</summary>
internal sealed record LogTail(long Start, LogSegment Segment, string Tag);
