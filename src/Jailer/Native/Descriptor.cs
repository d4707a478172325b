using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Smcp.Jailer.Native;

/// <summary>A file descriptor that somebody owns.</summary>
internal sealed class Descriptor : SafeHandleMinusOneIsInvalid
{
    private const int SeekStart = 0;
    private const uint ClosedOnExec = 1;

    public Descriptor(int number)
        : base(ownsHandle: true) => SetHandle(number);

    /// <summary>Its number; good as long as this lives.</summary>
    public int Number => (int)handle;

    /// <summary>An unnamed file in memory with this content, to be read from its beginning.</summary>
    public static Descriptor OfContent(string name, byte[] content)
    {
        var file = new Descriptor(LibcException.Check(Libc.CreateMemoryFile(name, ClosedOnExec), "memfd_create"));
        if (Libc.Write(file.Number, content, content.Length) != content.Length
            || Libc.Seek(file.Number, 0, SeekStart) != 0)
        {
            using (file)
            {
                throw LibcException.Last("write to a memory file");
            }
        }

        return file;
    }

    /// <summary>What this process was started with goes to none that it starts.</summary>
    public static void KeepInheritedOnes()
    {
        const int setFlags = 2;
        const int closedOnExec = 1;
        foreach (var path in Directory.GetFiles("/proc/self/fd"))
        {
            if (int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var number) && number > 2)
            {
                // The one that this listing itself was read by is closed by now, and fails.
                _ = Libc.Control(number, setFlags, closedOnExec);
            }
        }
    }

    protected override bool ReleaseHandle() => Libc.Close((int)handle) == 0;
}
