namespace Smcp.Runtimes.Jails;

/// <summary>Makes jails before it is known whose they are to be (docs/decisions/0089).</summary>
internal interface IBlankJails
{
    /// <summary>
    /// Starts a program that waits to be told what it is; null where jails share a user, and so are for one tenant.
    /// </summary>
    /// <param name="start">All of it but whose it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="JailUnavailableException">No jail is to be had here.</exception>
    Task<BlankJail?> PrepareAsync(JailStart start, CancellationToken cancellationToken);
}
