using System.Buffers.Binary;
using Smcp.Jailer.Native;

namespace Smcp.Jailer;

/// <summary>
/// The folder of the jailer's socket and files. Where the jailer is root it must be root's all the way up: who can put
/// a link into it, or another folder in its place, has root write where that leads.
/// </summary>
internal static class SocketFolder
{
    private const int AtWorkingFolder = -100;
    private const int NoFollow = 0x100;
    private const uint BasicMembers = 0x7ff;
    private const int StructureBytes = 256;
    private const int UserOffset = 20;
    private const int ModeOffset = 28;
    private const int WritableForOthers = 0b000_010_010;
    private const int Sticky = 0b001_000_000_000;

    /// <summary>What is wrong with it, for root; null when nothing is.</summary>
    /// <param name="real">The folder, by a path without links.</param>
    public static string? Problem(string real)
    {
        for (var part = new DirectoryInfo(real); part is not null; part = part.Parent)
        {
            var (user, mode) = StatusOf(part.FullName);

            // In a sticky folder, as /tmp is, others have what is theirs, and no more.
            var mayBeWritable = part.FullName != real && (mode & Sticky) != 0;
            if (user != 0 || (mode & WritableForOthers) != 0 && !mayBeWritable)
            {
                return $"{part.FullName} must be root's, and writable for nobody else";
            }
        }

        return null;
    }

    /// <summary>By statx(2), whose structure is the same on every architecture.</summary>
    private static (uint User, int Mode) StatusOf(string path)
    {
        var status = new byte[StructureBytes];
        LibcException.Check(Libc.Status(AtWorkingFolder, path, NoFollow, BasicMembers, status), path);
        return (
            BinaryPrimitives.ReadUInt32LittleEndian(status.AsSpan(UserOffset)),
            BinaryPrimitives.ReadUInt16LittleEndian(status.AsSpan(ModeOffset)));
    }
}
