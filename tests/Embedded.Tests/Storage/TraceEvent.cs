namespace Smcp.Storage;

/// <summary>What a traced process did to files, and what it said. In the order in which it took effect.</summary>
internal abstract record TraceEvent(int At)
{
    /// <summary>An entry appears in its folder, unless it is there.</summary>
    internal sealed record Create(int At, string Path) : TraceEvent(At);

    internal sealed record Unlink(int At, string Path) : TraceEvent(At);

    internal sealed record Write(int At, string Path, long Offset, byte[] Bytes) : TraceEvent(At);

    internal sealed record Truncate(int At, string Path, long Length) : TraceEvent(At);

    /// <summary>What the file or folder had taken in before the call began is on the disk.</summary>
    internal sealed record Sync(int At, int BeganAt, string Path) : TraceEvent(At);

    /// <summary>The process wrote to its output.</summary>
    internal sealed record Say(int At, string Text) : TraceEvent(At);
}
