namespace Smcp.Jailer.Seccomp;

/// <summary>
/// The system calls that no jailed program makes: those that look into other processes, make namespaces and mounts,
/// change the machine, or have a record of holes in the kernel. What programs do without them is their own affair; a
/// server of tools needs none.
/// </summary>
internal static class DeniedCalls
{
    /// <summary>Fail with EPERM.</summary>
    public static IReadOnlyList<SystemCall> Forbidden { get; } =
    [
        // Other processes.
        new("ptrace", 101, 117), new("process_vm_readv", 310, 270), new("process_vm_writev", 311, 271),
        new("kcmp", 312, 272), new("pidfd_getfd", 438), new("process_madvise", 440), new("process_mrelease", 448),

        // Namespaces and mounts.
        new("mount", 165, 40), new("umount2", 166, 39), new("pivot_root", 155, 41), new("chroot", 161, 51),
        new("unshare", 272, 97), new("setns", 308, 268), new("fsopen", 430), new("fsconfig", 431),
        new("fsmount", 432), new("fspick", 433), new("open_tree", 428), new("move_mount", 429),
        new("mount_setattr", 442),

        // Files past their paths, and watching all of them.
        new("open_by_handle_at", 304, 265), new("name_to_handle_at", 303, 264), new("fanotify_init", 300, 262),
        new("fanotify_mark", 301, 263), new("mknod", 133, -1),

        // The kernel's keys, programs, counters and memory.
        new("keyctl", 250, 219), new("add_key", 248, 217), new("request_key", 249, 218), new("bpf", 321, 280),
        new("perf_event_open", 298, 241), new("userfaultfd", 323, 282), new("modify_ldt", 154, -1),
        new("migrate_pages", 256, 238), new("move_pages", 279, 239), new("mbind", 237, 235),
        new("set_mempolicy", 238, 237), new("set_mempolicy_home_node", 450), new("vmsplice", 278, 75),

        // The machine: modules, ports, time, names, swap, quotas, its log and its end.
        new("init_module", 175, 105), new("finit_module", 313, 273), new("delete_module", 176, 106),
        new("create_module", 174, -1), new("query_module", 178, -1), new("get_kernel_syms", 177, -1),
        new("kexec_load", 246, 104), new("kexec_file_load", 320, 294), new("iopl", 172, -1), new("ioperm", 173, -1),
        new("reboot", 169, 142), new("swapon", 167, 224), new("swapoff", 168, 225), new("acct", 163, 89),
        new("settimeofday", 164, 170), new("clock_settime", 227, 112), new("clock_adjtime", 305, 266),
        new("adjtimex", 159, 171), new("sethostname", 170, 161), new("setdomainname", 171, 162),
        new("syslog", 103, 116), new("vhangup", 153, 58), new("quotactl", 179, 60), new("quotactl_fd", 443),
        new("nfsservctl", 180, 42), new("lookup_dcookie", 212, 18), new("uselib", 134, -1), new("ustat", 136, -1),
        new("sysfs", 139, -1), new("_sysctl", 156, -1),
    ];

    /// <summary>
    /// Fail with ENOSYS, as if the kernel had them not: libraries then do without. <c>clone3</c> is among them since
    /// its flags stand in memory, where no filter sees them.
    /// </summary>
    public static IReadOnlyList<SystemCall> Absent { get; } =
    [
        new("clone3", 435), new("io_uring_setup", 425), new("io_uring_enter", 426), new("io_uring_register", 427),
        new("memfd_secret", 447),

        // The older asynchronous I/O.
        new("io_setup", 206, 0), new("io_destroy", 207, 1), new("io_getevents", 208, 4), new("io_submit", 209, 2),
        new("io_cancel", 210, 3), new("io_pgetevents", 333, 292),
    ];

    /// <summary>Sending, each with the argument that its flags are.</summary>
    public static IReadOnlyList<(SystemCall Call, int Flags)> Sending { get; } =
    [
        (new SystemCall("sendto", 44, 206), 3), (new SystemCall("sendmsg", 46, 211), 2),
        (new SystemCall("sendmmsg", 307, 269), 3),
    ];

    /// <summary>The last call that was looked at (<c>futex_requeue</c>); whatever came later is absent.</summary>
    public const int LastKnown = 456;

    public static SystemCall ProcessControl { get; } = new("prctl", 157, 167);

    public static SystemCall Clone { get; } = new("clone", 56, 220);

    public static SystemCall Personality { get; } = new("personality", 135, 92);

    public static SystemCall Ioctl { get; } = new("ioctl", 16, 29);

    public static SystemCall Socket { get; } = new("socket", 41, 198);

    public static SystemCall SocketPair { get; } = new("socketpair", 53, 199);

    public static SystemCall SetLimit { get; } = new("setrlimit", 160, 164);

    public static SystemCall ProcessLimit { get; } = new("prlimit64", 302, 261);
}
