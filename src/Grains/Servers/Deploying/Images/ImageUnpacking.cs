using System.Buffers;
using System.Security.Cryptography;

namespace Smcp.Servers.Deploying.Images;

/// <summary>Writes an image's files into a folder, and finds out whether they are the image's.</summary>
internal static class ImageUnpacking
{
    private const int BufferBytes = 64 * 1024;

    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode Enterable =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Makes the folder; where it throws, what is there is no image and goes.</summary>
    /// <exception cref="ImageException">The bytes are not those that the hash names.</exception>
    public static async ValueTask<IReadOnlyList<ImageFile>> UnpackAsync(
        Stream content, ServerImage image, string folder, int filesMax, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var read = new HashedStream(content, hash);
        IReadOnlyList<ImageFile> files;
        try
        {
            files = await ImageIndex.ReadAsync(read, filesMax, cancellationToken);
            Directory.CreateDirectory(folder);
            foreach (var file in files)
            {
                await WriteAsync(read, file, folder, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw new ImageException("The image is damaged.");
        }

        if (await read.ReadAsync(new byte[1], cancellationToken) != 0
            || Convert.ToHexStringLower(hash.GetHashAndReset()) != image.Hash)
        {
            throw new ImageException("The image is not the one that was deployed.");
        }

        foreach (var inner in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Prepend(folder))
        {
            File.SetUnixFileMode(inner, Readable | Enterable);
        }

        return files;
    }

    /// <summary>Removes a folder that was made read-only.</summary>
    public static void Remove(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var inner in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Prepend(folder))
        {
            File.SetUnixFileMode(inner, Readable | Enterable | UnixFileMode.UserWrite);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async ValueTask WriteAsync(
        Stream content, ImageFile file, string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, file.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var made = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.Asynchronous,
            BufferSize = 0,
            UnixCreateMode = file.IsExecutable ? Readable | Enterable : Readable,
        };
        await using var output = new FileStream(path, made);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (var left = file.Bytes; left > 0;)
            {
                var piece = buffer.AsMemory(0, (int)Math.Min(left, BufferBytes));
                await content.ReadExactlyAsync(piece, cancellationToken);
                await output.WriteAsync(piece, cancellationToken);
                left -= piece.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
