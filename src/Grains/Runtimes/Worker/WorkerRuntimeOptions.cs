using System.ComponentModel.DataAnnotations;

namespace Smcp.Runtimes.Worker;

/// <summary>Where workerd is, and the limits of the processes it runs as.</summary>
public sealed class WorkerRuntimeOptions
{
    /// <summary>
    /// The file of workerd's program. Default: none; it is looked for beside the program and in the folders above, as
    /// npm installs it (<c>node_modules/@cloudflare/workerd-…/bin/workerd</c>).
    /// </summary>
    public string? Workerd { get; set; }

    /// <summary>
    /// The date whose behaviour workers get that name none (<c>yyyy-MM-dd</c>); not after workerd's own. Default:
    /// 2026-08-01.
    /// </summary>
    [RegularExpression(@"\d{4}-\d{2}-\d{2}")]
    public string CompatibilityDate { get; set; } = "2026-08-01";

    /// <summary>Bytes of memory of one process; 64 MiB of it are workerd's own. Default: 128 MiB.</summary>
    [Range(83_886_080, 17_179_869_184)]
    public long MemoryBytesMax { get; set; } = 128 * 1024 * 1024;

    /// <summary>
    /// Processor time that a process may take while one call runs, calls beside it included: beyond it the process is
    /// killed. Default: 10 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan CpuTimeMax { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a call may run, listening aside: beyond it the process is killed. Default: 5 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan CallTimeMax { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often the limits of calls in flight are looked at. Default: 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan WatchPeriod { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a process may take until it takes requests. Default: 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a process without calls is kept; the next call starts another. Default: 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Processes of each worker that runs which are started in advance, for the call that finds its process killed.
    /// Each takes the memory of one that runs, and they end with it when it rests. Default: 0.
    /// </summary>
    [Range(0, 16)]
    public int PoolSize { get; set; }

    /// <summary>
    /// Processes of workerd that wait in jails before it is known for which worker, so that one which must start finds
    /// its jail made; each takes 10 MiB. The first is started once a worker has run. Only at level <c>full</c>.
    /// Default: 1.
    /// </summary>
    [Range(0, 64)]
    public int Blanks { get; set; } = 1;

    /// <summary>Files of an image that are modules of its worker. Default: 1,000.</summary>
    [Range(1, 10_000)]
    public int ModulesMax { get; set; } = 1_000;

    /// <summary>Bytes of these together. Default: 16 MiB.</summary>
    [Range(1_024, 268_435_456)]
    public long ModuleBytesMax { get; set; } = 16 * 1024 * 1024;

    /// <summary>Bytes of a value that a worker writes to a KV namespace. Default: 32 KiB.</summary>
    [Range(1, 262_144)]
    public int ValueBytesMax { get; set; } = 32_768;

    /// <summary>Bytes of the headers of a request for a binding, or to the network. Default: 64 KiB.</summary>
    [Range(8_192, 1_048_576)]
    public int BindingHeaderBytesMax { get; set; } = 64 * 1024;

    /// <summary>
    /// Connections to its bindings and the network that one process may have open. Default: 64.
    /// </summary>
    [Range(1, 1_024)]
    public int BindingConnectionsMax { get; set; } = 64;

    /// <summary>
    /// Requests to the network and to bindings that each call may cause; calls in flight in one process share theirs.
    /// Default: 50.
    /// </summary>
    [Range(1, 10_000)]
    public int SubrequestsMax { get; set; } = 50;

    /// <summary>
    /// Durable Objects that one process takes: with so many it is ended once it has no call, and the next call starts
    /// another. Default: 256.
    /// </summary>
    [Range(1, 100_000)]
    public int DurableObjectsMax { get; set; } = 256;

    /// <summary>
    /// Bytes of the files that a process has of the Durable Objects it took; they take memory beside
    /// <see cref="MemoryBytesMax"/>, and end with it. Default: 64 MiB.
    /// </summary>
    [Range(4_194_304, 17_179_869_184)]
    public long DurableObjectBytesMax { get; set; } = 64 * 1024 * 1024;
}
