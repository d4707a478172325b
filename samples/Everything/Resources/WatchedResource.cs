namespace Smcp.Samples.Everything.Resources;

/// <summary>A content that changes.</summary>
public sealed class WatchedResource
{
    public const string Uri = "test://watched-resource";

    private int _revision;

    public string Text => $"Watched resource content, revision {Volatile.Read(ref _revision)}";

    /// <summary>Changes it, and returns which change it was.</summary>
    public int Change() => Interlocked.Increment(ref _revision);
}
