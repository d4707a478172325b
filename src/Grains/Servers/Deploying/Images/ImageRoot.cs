using Microsoft.Extensions.Options;

namespace Smcp.Servers.Deploying.Images;

/// <summary>
/// The folder of this node's images. Where an operator says where it is, it is one node's at a time: who has it empties
/// it at the start. The lock is the kernel's, so it ends with the process however that ends.
/// </summary>
internal sealed class ImageRoot : IDisposable
{
    private const string Name = "smcp-images";

    private readonly FileStream? _lock;

    private ImageRoot(string path, FileStream? held) => (Path, _lock) = (path, held);

    public string Path { get; }

    /// <param name="folder">As it is set; empty for one below the system's folder for temporary files.</param>
    /// <exception cref="OptionsValidationException">Another has it, or it cannot be used.</exception>
    public static ImageRoot Make(string folder)
    {
        if (folder.Length == 0)
        {
            return new ImageRoot(Directory.CreateTempSubdirectory("smcp-images-").FullName, null);
        }

        var path = System.IO.Path.GetFullPath(folder);
        try
        {
            Directory.CreateDirectory(path);
            var held = Lock(path);
            try
            {
                // What a process that died left is of no use: nobody knows whether it was written to its end.
                var root = System.IO.Path.Combine(path, Name);
                ImageUnpacking.Remove(root);
                return new ImageRoot(Directory.CreateDirectory(root).FullName, held);
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refusal($"{path} cannot be used: {exception.Message}");
        }
    }

    public void Dispose() => _lock?.Dispose();

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(
                System.IO.Path.Combine(path, $"{Name}.lock"),
                FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException exception) when (IsSharingViolation(exception))
        {
            throw Refusal($"another node has {path}. Set a folder of its own for each node on a machine");
        }
    }

    // EWOULDBLOCK of flock(2): 11 on Linux, 35 on macOS.
    private static bool IsSharingViolation(IOException exception) => exception.HResult is 11 or 35;

    private static OptionsValidationException Refusal(string problem) =>
        new(nameof(ImageOptions), typeof(ImageOptions), [$"Smcp:Images:Folder: {problem}."]);
}
