namespace Smcp.Jailer.Orders;

/// <summary>
/// A jail to start. Beside it come its descriptors: standard input, output and error, then those that the program gets
/// as 3, 4 and so on.
/// </summary>
public sealed record JailOrder
{
    /// <summary>Whose it is: <c>tenant/server</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The program: a path in the jail, or a name that is looked for in its PATH.</summary>
    public required string Executable { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The whole environment, but for PATH, HOME, LANG and TMPDIR where they are not in it.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Where it begins; absolute, in the jail.</summary>
    public string WorkingFolder { get; init; } = "/";

    /// <summary>Folders and files that it may read.</summary>
    public IReadOnlyList<JailMount> Folders { get; init; } = [];

    /// <summary>Folders that it may write to.</summary>
    public IReadOnlyList<JailScratch> Scratch { get; init; } = [];

    /// <summary>Unix sockets of the host that it may connect to.</summary>
    public IReadOnlyList<JailMount> Sockets { get; init; } = [];

    /// <summary>
    /// Ports of 127.0.0.1 in the jail whose listening sockets are handed back, to be served from outside.
    /// </summary>
    public IReadOnlyList<int> Ports { get; init; } = [];

    public required JailBounds Bounds { get; init; }
}
