using Smcp.Servers;

namespace Smcp.Runtimes;

/// <summary>Gives a runtime the files of a deployed version, as a folder of this node.</summary>
internal interface IImageFolders
{
    /// <summary>The folder, read-only, checked, and there until the answer is disposed.</summary>
    ValueTask<IImageFolder> OpenAsync(ServerKey server, ServerImage image, CancellationToken cancellationToken);
}
