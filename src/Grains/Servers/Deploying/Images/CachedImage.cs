namespace Smcp.Servers.Deploying.Images;

/// <summary>An image that was asked for on this node: being unpacked, in use, or resting.</summary>
internal sealed class CachedImage(string folder, long bytes)
{
    public string Folder => folder;

    public long Bytes => bytes;

    /// <summary>Completes with each file as it was written; fails where the image cannot be had.</summary>
    public required Task<IReadOnlyList<FileStamp>> Unpacking { get; init; }

    /// <summary>How many use it or wait for it.</summary>
    public int Uses { get; set; }

    /// <summary>When its last use ended, by the clock's timestamp.</summary>
    public long RestsSince { get; set; }

    /// <summary>
    /// Whether each file is as it was written: by its length and time, since to read them all at each start would cost
    /// more than the start.
    /// </summary>
    public bool IsUntouched() => Unpacking.Result.All(stamp => stamp == FileStamp.Of(folder, stamp.Path));
}
