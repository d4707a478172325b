using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Smcp.Servers.Deploying.Images;

/// <summary>Takes the folder of images that an operator set: a node that may not have it does not start.</summary>
internal sealed class ImageFolderStart(ServerImages images, IOptions<ImageOptions> options) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Folder.Length > 0)
        {
            _ = images.Root;
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
