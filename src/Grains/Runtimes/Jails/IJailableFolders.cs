namespace Smcp.Runtimes.Jails;

/// <summary>
/// Folders of this host beneath which jails may be given something to read. Registered by whoever keeps such things;
/// the jailer gives away nothing else.
/// </summary>
internal interface IJailableFolders
{
    /// <summary>Absolute paths; they need not be there yet.</summary>
    IEnumerable<string> Folders { get; }
}
