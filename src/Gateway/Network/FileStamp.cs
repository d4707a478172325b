namespace Smcp.Network;

/// <summary>What tells one state of a file from another, links followed; null where there is none to be read.</summary>
internal readonly record struct FileStamp(long Length, DateTime WrittenAt)
{
    public static FileStamp? Of(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            return new FileStamp(RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
