namespace Smcp.Servers.Deploying.Images;

/// <summary>What tells that a file was written to, or put in the place of another, without reading it.</summary>
internal readonly record struct FileStamp(string Path, long Bytes, DateTime WrittenAt, UnixFileMode Mode)
{
    /// <summary>The file as it is now; of no bytes where it is none.</summary>
    public static FileStamp Of(string folder, string path) =>
        new FileInfo(System.IO.Path.Combine(folder, path)) is { Exists: true, LinkTarget: null } file
            ? new FileStamp(path, file.Length, file.LastWriteTimeUtc, file.UnixFileMode)
            : new FileStamp(path, -1, default, default);
}
