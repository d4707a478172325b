using Microsoft.Extensions.Logging;

namespace Smcp.Storage;

/// <summary>
/// The folder that holds the database: for its owner only, and for one process at a time. The lock is the kernel's,
/// so it ends with the process however that ends.
/// </summary>
internal sealed partial class DataFolder : IDisposable
{
    /// <summary>The database's file, in the folder.</summary>
    public const string DatabaseName = "smcp.db";

    /// <summary>Stands in a folder whose content was taken into a cluster.</summary>
    public const string MovedName = "moved";

    private const string LockName = "smcp.lock";
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        DatabasePath = Path.Combine(path, DatabaseName);
        _lock = held;
    }

    /// <summary>The database's file.</summary>
    public string DatabasePath { get; }

    /// <exception cref="StorageStartException">It cannot be used, or another process has it.</exception>
    public static DataFolder Open(string name, ILogger logger)
    {
        var path = Path.GetFullPath(name);
        try
        {
            Prepare(path, logger);
            RefuseMoved(Path.Combine(path, MovedName));
            var held = Lock(path);
            try
            {
                var folder = new DataFolder(path, held);
                folder.PrepareDatabase();
                return folder;
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refusal(path, exception);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static void Prepare(string path, ILogger logger)
    {
        if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path, FolderMode);
            FolderSync.Flush(Path.GetDirectoryName(path)!);
            return;
        }

        // A folder that holds other things may be anything (a home, /tmp): its mode is not ours to change.
        var isOurs = File.Exists(Path.Combine(path, LockName)) || !Directory.EnumerateFileSystemEntries(path).Any();
        if (File.GetUnixFileMode(path) == FolderMode)
        {
            return;
        }

        if (isOurs)
        {
            File.SetUnixFileMode(path, FolderMode);
        }
        else
        {
            LogFolderOpen(logger, path);
        }
    }

    private static void RefuseMoved(string mark)
    {
        if (File.Exists(mark))
        {
            throw new StorageStartException(
                StorageStartFailure.FolderUnusable,
                $"What {Path.GetDirectoryName(mark)} holds was moved into a cluster, which would not see what is "
                    + $"written here. Choose another folder, or remove {mark} to use this one all the same.");
        }
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return OpenFile(Path.Combine(path, LockName), FileShare.None);
        }
        catch (IOException exception) when (IsSharingViolation(exception))
        {
            throw new StorageStartException(
                StorageStartFailure.Locked,
                $"Another Smcp process uses the data folder {path}. Stop it, or choose another folder.",
                exception);
        }
    }

    /// <summary>
    /// Makes the database's file, so that it has its mode from the first; SQLite gives its other files the same.
    /// </summary>
    private void PrepareDatabase()
    {
        var isNew = !File.Exists(DatabasePath);
        try
        {
            OpenFile(DatabasePath, FileShare.ReadWrite).Dispose();
        }
        catch (UnauthorizedAccessException exception) when (!isNew)
        {
            throw new StorageStartException(
                StorageStartFailure.ReadOnly,
                $"{DatabasePath} is not opened. The file is read-only. Make it writable for this user.",
                exception);
        }

        File.SetUnixFileMode(DatabasePath, FileMode);
        if (isNew)
        {
            FolderSync.Flush(Path.GetDirectoryName(DatabasePath)!);
        }
    }

    private static FileStream OpenFile(string path, FileShare share) => new(path, new FileStreamOptions
    {
        Mode = System.IO.FileMode.OpenOrCreate,
        Access = FileAccess.ReadWrite,
        Share = share,
        UnixCreateMode = FileMode,
        BufferSize = 0,
    });

    // EWOULDBLOCK of flock(2): 11 on Linux, 35 on macOS.
    private static bool IsSharingViolation(IOException exception) => exception.HResult is 11 or 35;

    private static StorageStartException Refusal(string path, Exception exception)
    {
        const int ReadOnlyFileSystem = 30;
        const int NoSpace = 28;
        return exception.HResult switch
        {
            ReadOnlyFileSystem => new(
                StorageStartFailure.ReadOnly,
                $"The data folder {path} is on a read-only file system. Choose another folder.",
                exception),
            NoSpace => new(
                StorageStartFailure.DiskFull,
                $"The disk of the data folder {path} is full. Make room, then start again.",
                exception),
            _ when exception is UnauthorizedAccessException => new(
                StorageStartFailure.FolderUnusable,
                $"The data folder {path} cannot be read and written by this user. "
                    + "Choose another folder, or give it to this user.",
                exception),
            _ => new(
                StorageStartFailure.FolderUnusable,
                $"The data folder {path} cannot be used: {exception.Message}",
                exception),
        };
    }
}
