using Smcp.Runtimes;
using Smcp.Runtimes.Jails;

namespace Smcp.Servers.Deploying.Images;

/// <summary>The images of this node for runtimes, and for the jails that they start.</summary>
internal sealed class ImageFolders(ServerImages images) : IImageFolders, IJailableFolders
{
    public IEnumerable<string> Folders => [images.Root];

    public async ValueTask<IImageFolder> OpenAsync(
        ServerKey server, ServerImage image, CancellationToken cancellationToken) =>
        await images.OpenAsync(server, image, cancellationToken);
}
