namespace Smcp.Runtimes.Jails;

/// <summary>
/// Starts programs that nobody trusts: without network, with a read-only file system of their own, as a user of their
/// own, within limits, and so that nothing of them outlives their end (docs/security.md, "The jail").
/// </summary>
internal interface IJails
{
    /// <summary>Starts a program. It runs until it ends, is killed, or this process ends.</summary>
    /// <exception cref="JailUnavailableException">
    /// No jail is to be had here; the message says why, and what to install or to change.
    /// </exception>
    Task<IJailedProcess> StartAsync(JailStart start, CancellationToken cancellationToken);
}
