using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Smcp.Storage;

/// <summary>
/// Makes a new entry of a folder durable, which the entry's own fsync does not promise (fsync(2)). .NET opens no
/// folder, hence the call.
/// </summary>
internal static partial class FolderSync
{
    private const int ReadOnly = 0;

    public static void Flush(string path)
    {
        using var handle = new SafeFileHandle(Open(path, ReadOnly), ownsHandle: true);
        if (!handle.IsInvalid)
        {
            RandomAccess.FlushToDisk(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
