using System.Runtime.InteropServices;

namespace Smcp.Jailer.Native;

/// <summary>
/// Starts a program with just the descriptors it is given, default signals and a session of its own (posix_spawn(3)).
/// </summary>
internal static class ChildProcess
{
    /// <summary>More than what either structure has in any C library of 64-bit Linux.</summary>
    private const int StructureBytes = 1024;

    private const int SignalSetBytes = 128;
    private const short SetDefaultSignals = 0x04;
    private const short SetSignalMask = 0x08;
    private const short NewSession = 0x80;

    /// <param name="command">The program's path and its arguments.</param>
    /// <param name="environment">Entries <c>NAME=value</c>; there is nothing else in it.</param>
    /// <param name="descriptors">By the numbers that the program gets them as.</param>
    /// <returns>The process, to be waited for.</returns>
    /// <exception cref="LibcException">It could not be started.</exception>
    public static int Start(
        IReadOnlyList<string> command,
        IReadOnlyList<string> environment,
        IReadOnlyDictionary<int, SafeHandle> descriptors)
    {
        var actions = Marshal.AllocHGlobal(StructureBytes);
        var attributes = Marshal.AllocHGlobal(StructureBytes);
        var arguments = Texts(command);
        var entries = Texts(environment);
        var high = new List<Descriptor>();
        Check(Libc.InitializeActions(actions), "posix_spawn_file_actions_init");
        Check(Libc.InitializeAttributes(attributes), "posix_spawnattr_init");
        try
        {
            // Beyond the numbers that are given, so that none of them is overwritten before its turn.
            foreach (var (number, source) in descriptors)
            {
                using var borrowed = new Borrowed(source);
                high.Add(Duplicate(borrowed.Number));
                Check(Libc.AddDuplication(actions, high[^1].Number, number), "posix_spawn_file_actions_adddup2");
            }

            SetAttributes(attributes);
            Check(Libc.Spawn(out var process, command[0], actions, attributes, arguments, entries),
                $"posix_spawn {command[0]}");
            return process;
        }
        finally
        {
            high.ForEach(descriptor => descriptor.Dispose());
            _ = Libc.DestroyActions(actions);
            _ = Libc.DestroyAttributes(attributes);
            Marshal.FreeHGlobal(actions);
            Marshal.FreeHGlobal(attributes);
            Free(arguments);
            Free(entries);
        }
    }

    /// <summary>Waits for the end of a process that ends now.</summary>
    /// <returns>Its exit code, or 128 and its signal; null where it is no child of ours (any more).</returns>
    public static int? Reap(int process)
    {
        const int interrupted = 4;
        int waited, status;
        do
        {
            waited = Libc.WaitFor(process, out status, 0);
        }
        while (waited < 0 && Marshal.GetLastPInvokeError() == interrupted);

        return waited == process ? (status & 0x7f) == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f) : null;
    }

    private static void SetAttributes(nint attributes)
    {
        var none = new byte[SignalSetBytes];
        var all = new byte[SignalSetBytes];
        Array.Fill(all, (byte)0xff);
        Check(Libc.SetDefaultSignals(attributes, all), "posix_spawnattr_setsigdefault");
        Check(Libc.SetSignalMask(attributes, none), "posix_spawnattr_setsigmask");
        Check(Libc.SetFlags(attributes, SetDefaultSignals | SetSignalMask | NewSession), "posix_spawnattr_setflags");
    }

    private static Descriptor Duplicate(int number)
    {
        const int duplicateClosedOnExec = 1030;
        const int high = 100;
        return new Descriptor(
            LibcException.Check(Libc.Control(number, duplicateClosedOnExec, high), "fcntl(F_DUPFD_CLOEXEC)"));
    }

    private static void Check(int error, string call)
    {
        if (error != 0)
        {
            throw new LibcException(call, error);
        }
    }

    /// <summary>C strings with the null that ends such a list.</summary>
    private static nint[] Texts(IReadOnlyList<string> texts) =>
        [.. texts.Select(Marshal.StringToCoTaskMemUTF8), nint.Zero];

    private static void Free(nint[] texts) => Array.ForEach(texts, Marshal.FreeCoTaskMem);

    /// <summary>Keeps a handle open while its number is used.</summary>
    private readonly struct Borrowed : IDisposable
    {
        private readonly SafeHandle _handle;

        public Borrowed(SafeHandle handle)
        {
            var added = false;
            handle.DangerousAddRef(ref added);
            _handle = handle;
        }

        public int Number => (int)_handle.DangerousGetHandle();

        public void Dispose() => _handle.DangerousRelease();
    }
}
