using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Smcp.Jailer.Native;

/// <summary>
/// Sends and receives four bytes with descriptors beside them (SCM_RIGHTS, unix(7)). The structures are those of 64-bit
/// Linux: msghdr has 56 bytes, cmsghdr 16, and descriptors four each.
/// </summary>
internal static class DescriptorPassing
{
    public const int HeaderBytes = 4;
    public const int DescriptorsMax = 32;

    private const int MessageBytes = 56;
    private const int ControlHeaderBytes = 16;
    private const int ControlBytesMax = ControlHeaderBytes + 4 * DescriptorsMax;
    private const int SocketLevel = 1;
    private const int Rights = 1;
    private const int NoSignal = 0x4000;
    private const int DontWait = 0x40;
    private const int ReceiveClosedOnExec = 0x40000000;
    private const int ControlTruncated = 0x8;
    private const int TryAgain = 11;
    private const int Interrupted = 4;

    /// <summary>
    /// Sends the header at once; the socket's buffer must have room, as at the beginning of a message.
    /// </summary>
    public static void Send(Socket socket, int header, IReadOnlyList<SafeHandle> descriptors)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(descriptors.Count, DescriptorsMax);
        var bytes = new byte[HeaderBytes];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, header);
        var control = new byte[descriptors.Count == 0 ? 0 : ControlSpace(descriptors.Count)];
        if (control.Length > 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(control, ControlHeaderBytes + 4 * descriptors.Count);
            BinaryPrimitives.WriteInt32LittleEndian(control.AsSpan(8), SocketLevel);
            BinaryPrimitives.WriteInt32LittleEndian(control.AsSpan(12), Rights);
            for (var i = 0; i < descriptors.Count; i++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(
                    control.AsSpan(ControlHeaderBytes + 4 * i), (int)descriptors[i].DangerousGetHandle());
            }
        }

        var (sent, _, error) = Exchange(socket, bytes, control, (number, message) =>
            Libc.SendMessage(number, message, NoSignal | DontWait));
        GC.KeepAlive(descriptors);
        if (sent != HeaderBytes)
        {
            throw new LibcException("sendmsg", error);
        }
    }

    /// <summary>
    /// What is there of a header, and the descriptors with it. Null when nothing is there yet; no bytes at the end.
    /// </summary>
    public static (byte[] Bytes, List<Descriptor> Descriptors)? TryReceive(Socket socket, int bytesMax)
    {
        var bytes = new byte[bytesMax];
        var control = new byte[ControlBytesMax];
        var (received, flags, error) = Exchange(socket, bytes, control, (number, message) =>
            Libc.ReceiveMessage(number, message, DontWait | ReceiveClosedOnExec));
        if (received < 0)
        {
            return error is TryAgain or Interrupted ? null : throw new LibcException("recvmsg", error);
        }

        var descriptors = DescriptorsIn(control);
        if ((flags & ControlTruncated) != 0)
        {
            descriptors.ForEach(descriptor => descriptor.Dispose());
            throw new InvalidDataException("More descriptors came than are taken.");
        }

        return (bytes[..(int)received], descriptors);
    }

    private static List<Descriptor> DescriptorsIn(byte[] control)
    {
        var length = BinaryPrimitives.ReadInt64LittleEndian(control);
        var found = new List<Descriptor>();
        if (length > ControlHeaderBytes
            && BinaryPrimitives.ReadInt32LittleEndian(control.AsSpan(8)) == SocketLevel
            && BinaryPrimitives.ReadInt32LittleEndian(control.AsSpan(12)) == Rights)
        {
            for (var at = ControlHeaderBytes; at + 4 <= Math.Min(length, control.Length); at += 4)
            {
                found.Add(new Descriptor(BinaryPrimitives.ReadInt32LittleEndian(control.AsSpan(at))));
            }
        }

        return found;
    }

    private static int ControlSpace(int descriptors) => ControlHeaderBytes + (4 * descriptors + 7) / 8 * 8;

    /// <summary>
    /// Makes the call with its structures pinned; the received control data is in the array after it.
    /// </summary>
    private static (nint Result, int Flags, int Error) Exchange(
        Socket socket, byte[] bytes, byte[] control, Func<int, nint, nint> call)
    {
        var pinnedBytes = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        var pinnedControl = GCHandle.Alloc(control, GCHandleType.Pinned);
        var memory = Marshal.AllocHGlobal(MessageBytes + 16);
        try
        {
            for (var at = 0; at < MessageBytes; at += 8)
            {
                Marshal.WriteInt64(memory, at, 0);
            }

            var vector = memory + MessageBytes;
            Marshal.WriteInt64(vector, pinnedBytes.AddrOfPinnedObject());
            Marshal.WriteInt64(vector, 8, bytes.Length);
            Marshal.WriteInt64(memory, 16, vector);
            Marshal.WriteInt64(memory, 24, 1);
            Marshal.WriteInt64(memory, 32, control.Length == 0 ? 0 : pinnedControl.AddrOfPinnedObject());
            Marshal.WriteInt64(memory, 40, control.Length);
            var result = call((int)socket.Handle, memory);
            return (result, Marshal.ReadInt32(memory, 48), Marshal.GetLastPInvokeError());
        }
        finally
        {
            Marshal.FreeHGlobal(memory);
            pinnedControl.Free();
            pinnedBytes.Free();
        }
    }
}
