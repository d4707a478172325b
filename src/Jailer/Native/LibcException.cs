using System.Runtime.InteropServices;

namespace Smcp.Jailer.Native;

/// <summary>A call of libc failed.</summary>
/// <param name="call">Which, with what it was for.</param>
/// <param name="error">Its errno.</param>
internal sealed class LibcException(string call, int error)
    : IOException($"{call}: {Marshal.GetPInvokeErrorMessage(error)} (errno {error})")
{
    public int Error => error;

    /// <summary>What the call returned, or an exception with its errno where that is negative.</summary>
    public static int Check(int result, string call) => result >= 0 ? result : throw Last(call);

    public static LibcException Last(string call) => new(call, Marshal.GetLastPInvokeError());
}
