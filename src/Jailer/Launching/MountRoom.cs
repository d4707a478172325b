using System.Globalization;
using Smcp.Jailer.Native;

namespace Smcp.Jailer.Launching;

/// <summary>
/// A place, in a mount namespace of the spawner's own, where what jails are to see is mounted first: so that a jail's
/// user finds it, though the folders above it on the host are closed to that user. All of it on the spawner's thread.
/// </summary>
internal sealed class MountRoom
{
    private const string Place = "/run/smcp-jails";
    private const int NewMounts = 0x20000;
    private const nuint Bind = 0x1000;
    private const nuint SlaveOfAll = 0x80000 | 0x4000;
    private const nuint NoSuidNoDev = 0x2 | 0x4;
    private const int Detach = 2;

    private readonly string _room;

    private MountRoom(string room) => _room = room;

    /// <summary>Begins the namespace.</summary>
    /// <exception cref="IOException">This process may not.</exception>
    public static MountRoom Open()
    {
        LibcException.Check(Libc.Unshare(NewMounts), "unshare(CLONE_NEWNS)");
        LibcException.Check(Libc.Mount("none", "/", null, SlaveOfAll, null), "mount --make-rslave /");
        Directory.CreateDirectory(Place);
        LibcException.Check(
            Libc.Mount("smcp-jails", Place, "tmpfs", NoSuidNoDev, "mode=0711,size=16m"), $"mount {Place}");
        return new MountRoom(Place);
    }

    /// <summary>Mounts these things, for one jail.</summary>
    /// <returns>Where each is, in their order.</returns>
    public IReadOnlyList<string> Bring(string jail, IReadOnlyList<Descriptor> things)
    {
        var folder = FolderOf(jail);
        Directory.CreateDirectory(folder);
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        var places = new List<string>();
        try
        {
            foreach (var thing in things)
            {
                var source = $"/proc/self/fd/{thing.Number}";
                var place = Path.Combine(folder, places.Count.ToString(CultureInfo.InvariantCulture));
                if (Directory.Exists(source))
                {
                    Directory.CreateDirectory(place);
                }
                else
                {
                    File.WriteAllBytes(place, []);
                }

                LibcException.Check(Libc.Mount(source, place, null, Bind, null), $"mount --bind {place}");
                places.Add(place);
            }

            return places;
        }
        catch
        {
            Clear(jail);
            throw;
        }
    }

    /// <summary>Takes away what was brought for a jail; what it sees itself stays.</summary>
    public void Clear(string jail)
    {
        var folder = FolderOf(jail);
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var place in Directory.GetFileSystemEntries(folder))
        {
            Libc.Unmount(place, Detach);
            if (Directory.Exists(place))
            {
                Directory.Delete(place);
            }
            else
            {
                File.Delete(place);
            }
        }

        Directory.Delete(folder);
    }

    private string FolderOf(string jail) => Path.Combine(_room, jail);
}
