using System.Diagnostics;
using Smcp.Jailer.Testing;

namespace Smcp.Jailer.Cgroups;

public sealed class CgroupFilesTests
{
    private static string Parent => Directory.Exists("/sys/fs/cgroup/pids") ? "/sys/fs/cgroup/pids" : "/sys/fs/cgroup";

    [JailFact]
    public async Task Prepare_KillsWhatAnEarlierJailerLeft_ThoughItHadTheSameNumber()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return;
        }

        var folder = CgroupFiles.Prepare(Parent);
        var left = Directory.CreateDirectory(Path.Combine(folder, $"{Environment.ProcessId}-1-1")).FullName;
        var own = Directory.CreateDirectory(Path.Combine(folder, $"{JailerMark.Own}-1")).FullName;
        using var stranger = Process.Start("sleep", "1000");
        using var prisoner = Process.Start("sleep", "1000");
        CgroupFiles.Add(left, stranger.Id);
        CgroupFiles.Add(own, prisoner.Id);

        CgroupFiles.Prepare(Parent);

        await stranger.WaitForExitAsync();
        Assert.False(Directory.Exists(left));
        Assert.False(prisoner.HasExited);
        CgroupFiles.Kill(own);
        await prisoner.WaitForExitAsync();
        Assert.True(CgroupFiles.TryRemove(own));
    }
}
