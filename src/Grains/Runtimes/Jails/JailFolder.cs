namespace Smcp.Runtimes.Jails;

/// <summary>
/// This process's private folder for the sockets of its jails, and of its jailer: made when it is first asked for,
/// removed at the end. Nobody else on this host can look into it; a jail sees just the sockets it is given.
/// </summary>
internal sealed class JailFolder : IJailableFolders, IDisposable
{
    private readonly Lazy<string> _path = new(() => Directory.CreateTempSubdirectory("smcp-").FullName);

    public string Path => _path.Value;

    public IEnumerable<string> Folders => [Path];

    public void Dispose()
    {
        if (_path.IsValueCreated && Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
