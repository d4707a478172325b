using System.Runtime.InteropServices;
using Smcp.Identity;
using Smcp.Servers;

namespace Smcp.Runtimes.Jails;

/// <summary>A program to start in a jail, and what it sees there.</summary>
internal sealed record JailStart
{
    /// <summary>Whose it is: no other tenant's jail runs beside it where its jailer's are all of one user.</summary>
    public required TenantId Tenant { get; init; }

    public required ServerId Server { get; init; }

    /// <summary>The program: a path in the jail, or a name that is looked for in its PATH.</summary>
    public required string Executable { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>
    /// The whole environment, secrets included; nothing of this process's. PATH, HOME, LANG and TMPDIR have values of
    /// their own unless they stand here.
    /// </summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Where it begins, in the jail.</summary>
    public string WorkingFolder { get; init; } = "/";

    /// <summary>
    /// Folders and files of this host by where the jail sees them, read-only: an image's at <c>/app</c>. They must be
    /// beneath an <see cref="IJailableFolders"/>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Folders { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Folders that it may write to, by how many bytes they hold. They begin empty, are gone with the jail, and count
    /// as its memory. <c>/tmp</c> is always there.
    /// </summary>
    public IReadOnlyDictionary<string, long> Scratch { get; init; } = new Dictionary<string, long>();

    /// <summary>
    /// Unix sockets of this host that it may connect to, by where the jail sees them: <c>/run/smcp/…</c>. They must be
    /// in <see cref="JailFolder.Path"/>'s folder, and writable for everybody.
    /// </summary>
    public IReadOnlyDictionary<string, string> Sockets { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// What the program gets as descriptors 3, 4 and so on, such as a listening socket that it is to accept on. They
    /// stay the caller's, who may close them once the jail runs.
    /// </summary>
    public IReadOnlyList<SafeHandle> Inherited { get; init; } = [];

    /// <summary>
    /// Ports of the jail's own 127.0.0.1, from 1,024 on, that are served from outside: see
    /// <see cref="IJailedProcess.Listeners"/>.
    /// </summary>
    public IReadOnlyList<int> LoopbackPorts { get; init; } = [];

    public required JailLimits Limits { get; init; }

    /// <summary>
    /// Whether nobody waits for it: then it gets a jail only while its tenant has half of what it may left.
    /// </summary>
    public bool IsSpare { get; init; }

    /// <summary>
    /// What was prepared by the same start before it was known for whom: it becomes this one's, if it still runs.
    /// </summary>
    public BlankJail? Blank { get; init; }
}
