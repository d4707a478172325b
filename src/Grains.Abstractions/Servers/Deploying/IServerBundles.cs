namespace Smcp.Servers.Deploying;

/// <summary>
/// Makes images of what is uploaded: for who takes a request, before it asks the server's grain for a version of it.
/// </summary>
public interface IServerBundles
{
    /// <summary>
    /// Checks a zip archive that nobody vouches for, makes an image of it and stores it with the server's tenant. An
    /// image that no version is made of goes again.
    /// </summary>
    /// <param name="server">Whose it is to be.</param>
    /// <param name="archive">The archive; can be sought.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    ValueTask<BundleOutcome> TakeAsync(ServerKey server, Stream archive, CancellationToken cancellationToken);
}
