using Smcp.Jailer.Cgroups;
using Smcp.Jailer.Native;
using Smcp.Jailer.Orders;
using Smcp.Jailer.Seccomp;

namespace Smcp.Jailer.Launching;

/// <summary>What this machine has for jails, looked for once: the level, and what keeps it from being higher.</summary>
internal sealed class JailHost
{
    private const string InstallBwrap =
        "bubblewrap is missing (apt-get install bubblewrap, dnf install bubblewrap, or apk add bubblewrap)";

    private readonly List<string> _problems = [];

    private JailHost(HostPrograms programs) => Programs = programs;

    public HostPrograms Programs { get; }

    public JailLevel Level { get; private set; }

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Where cgroups are made; null where they cannot be.</summary>
    public ICgroupTree? Cgroups { get; private set; }

    /// <summary>Where mounts are brought; null without root.</summary>
    public MountRoom? Mounts { get; private set; }

    public static async Task<JailHost> FindAsync(Spawner spawner, JailerTerms terms)
    {
        var host = new JailHost(HostPrograms.Find());
        var (cgroups, cgroupProblem) = new CgroupSearch(terms).Find();
        host.Cgroups = cgroups;
        var isRoot = Libc.GetUser() == 0;
        if (host.Programs.Bwrap is null)
        {
            host._problems.Add(InstallBwrap);
        }

        if (host.Programs.Prlimit is null)
        {
            host._problems.Add("prlimit is missing (apt-get install util-linux)");
        }

        if (SeccompFilter.Own is null)
        {
            host._problems.Add("there is no seccomp filter for this processor: x86-64 and arm64 have one");
        }

        host.Level = host._problems.Count > 0 ? JailLevel.Unavailable : isRoot ? JailLevel.Full : JailLevel.User;
        if (cgroupProblem is not null)
        {
            host._problems.Add(cgroupProblem);
        }

        if (!isRoot)
        {
            host._problems.Add(
                "the jailer does not run as root, so all jails run as one user: they are for one tenant only");
        }
        else if (host.Level == JailLevel.Full)
        {
            await host.LookForRootAsync(spawner);
        }

        return host;
    }

    /// <summary>As root it is all or nothing: a jail is never started as root, nor without a cgroup.</summary>
    private async Task LookForRootAsync(Spawner spawner)
    {
        if (Programs.Setpriv is null)
        {
            _problems.Add("setpriv is missing (apt-get install util-linux)");
        }

        try
        {
            Mounts = await spawner.RunAsync(MountRoom.Open);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _problems.Add($"root may not mount here ({exception.Message}): a container needs CAP_SYS_ADMIN");
        }

        if (_problems.Count > 0)
        {
            Level = JailLevel.Unavailable;
        }
    }
}
