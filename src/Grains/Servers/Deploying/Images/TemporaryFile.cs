namespace Smcp.Servers.Deploying.Images;

/// <summary>Files for what is on its way to be stored.</summary>
internal static class TemporaryFile
{
    /// <summary>Nobody else's to read, and gone with the process that made it.</summary>
    public static FileStream Create() => new(
        Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
        new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
}
