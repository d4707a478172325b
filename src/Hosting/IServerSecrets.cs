namespace Smcp.Hosting;

/// <summary>
/// The secrets that were granted to this server, by name; inject it by constructor. Thread-safe. Ask for a secret where
/// it is used and keep no copy: one that is rotated is given within seconds.
/// </summary>
public interface IServerSecrets
{
    /// <summary>
    /// The secret's value; null where there is none of this name, or it is not granted to this server. Names are of
    /// <c>A-Z</c>, <c>0-9</c> and <c>_</c>. Where the server runs by itself it is the environment variable
    /// <c>SMCP_SECRET_name</c>.
    /// </summary>
    /// <exception cref="ServerDataUnavailableException">It cannot be read now.</exception>
    ValueTask<string?> GetAsync(string name, CancellationToken cancellationToken = default);
}
