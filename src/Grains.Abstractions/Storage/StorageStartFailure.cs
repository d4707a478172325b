namespace Smcp.Storage;

/// <summary>Why a store does not open.</summary>
public enum StorageStartFailure
{
    /// <summary>SQLite's library is not installed.</summary>
    LibraryMissing,

    /// <summary>SQLite's library is older than the schema needs.</summary>
    LibraryTooOld,

    /// <summary>The data folder cannot be made, read or entered.</summary>
    FolderUnusable,

    /// <summary>The folder or the file cannot be written.</summary>
    ReadOnly,

    /// <summary>Another process uses the folder or the file.</summary>
    Locked,

    /// <summary>The file is a database, but of another program.</summary>
    Foreign,

    /// <summary>A newer version of Smcp wrote the file.</summary>
    NewerVersion,

    /// <summary>A version from before encryption wrote the file.</summary>
    Unencrypted,

    /// <summary>The file is damaged or no database.</summary>
    Corrupt,

    /// <summary>There is no room on the disk.</summary>
    DiskFull,

    /// <summary>The disk or the file system failed.</summary>
    Failing,
}
