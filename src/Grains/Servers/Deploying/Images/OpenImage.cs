using Smcp.Runtimes;

namespace Smcp.Servers.Deploying.Images;

/// <summary>An image on this node, for as long as it is used: disposed, it may go.</summary>
internal sealed class OpenImage(string folder, Action release) : IImageFolder
{
    private int _isReleased;

    /// <summary>
    /// Its files, read-only. Nothing may be written here: who runs them shows them read-only, too.
    /// </summary>
    public string Folder { get; } = folder;

    string IImageFolder.Path => Folder;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isReleased, 1) == 0)
        {
            release();
        }
    }
}
