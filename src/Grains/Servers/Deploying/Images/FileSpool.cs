using System.Buffers;
using System.Security.Cryptography;

namespace Smcp.Servers.Deploying.Images;

/// <summary>
/// Files that come one after the other from where nobody vouches for them, until they are an image. Bounded as the
/// files of a bundle are.
/// </summary>
internal sealed class FileSpool(ImageOptions options) : IAsyncDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly FileStream _content = TemporaryFile.Create();
    private readonly Dictionary<string, (ImageFile File, long At)> _files = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>Takes a file of which the content is the next of a stream.</summary>
    /// <exception cref="BundleException">It is none that an image may have, or one too many.</exception>
    /// <exception cref="EndOfStreamException">The stream ends before the file does.</exception>
    public async ValueTask AddAsync(ImageFile file, Stream from, CancellationToken cancellationToken)
    {
        if ((ImagePath.Refuse(file.Path) ?? (_files.ContainsKey(file.Path) ? "stands twice" : null)) is { } reason)
        {
            throw new BundleException($"A file of it has a path that {reason}.");
        }

        if (_files.Count >= options.FilesMax)
        {
            throw new BundleException($"It has more than {options.FilesMax} files.");
        }

        if (file.Bytes > options.UnpackedBytesMax - _bytes)
        {
            throw new BundleException($"It has more than {options.UnpackedBytesMax} bytes.");
        }

        _files.Add(file.Path, (file, _bytes));
        _bytes += file.Bytes;
        await CopyAsync(from, file.Bytes, (piece, token) => _content.WriteAsync(piece, token), cancellationToken);
    }

    /// <summary>A file's content; empty where there is none, or it is longer.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(
        string path, int bytesMax, CancellationToken cancellationToken) =>
        _files.TryGetValue(path, out var found) && found.File.Bytes <= bytesMax
            ? await ReadAsync(found.At, (int)found.File.Bytes, cancellationToken)
            : default;

    /// <summary>The first bytes of a file; null where there is none.</summary>
    public async ValueTask<byte[]?> ReadBeginAsync(string path, int bytesMax, CancellationToken cancellationToken) =>
        _files.TryGetValue(path, out var found)
            ? await ReadAsync(found.At, (int)Math.Min(found.File.Bytes, bytesMax), cancellationToken)
            : null;

    /// <summary>Writes the image of all files to an empty file; it is at its end afterwards.</summary>
    /// <exception cref="BundleException">One of them is a file and a folder.</exception>
    public async ValueTask<ServerImage> WriteAsync(Stream image, CancellationToken cancellationToken)
    {
        var files = _files.Values.OrderBy(found => found.File.Path, StringComparer.Ordinal).ToList();
        if (ImagePath.Clash([.. files.Select(found => found.File.Path)]) is not null)
        {
            throw new BundleException("A file of it is a file and a folder.");
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var head = ImageIndex.Write([.. files.Select(found => found.File)]);
        hash.AppendData(head);
        await image.WriteAsync(head, cancellationToken);
        foreach (var (file, at) in files)
        {
            _content.Position = at;
            await CopyAsync(
                _content,
                file.Bytes,
                (piece, token) =>
                {
                    hash.AppendData(piece.Span);
                    return image.WriteAsync(piece, token);
                },
                cancellationToken);
        }

        return new ServerImage
        {
            Hash = Convert.ToHexStringLower(hash.GetHashAndReset()),
            Bytes = head.Length + _bytes,
        };
    }

    public ValueTask DisposeAsync() => _content.DisposeAsync();

    private async ValueTask<byte[]> ReadAsync(long at, int length, CancellationToken cancellationToken)
    {
        var bytes = new byte[length];
        _content.Position = at;
        await _content.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private static async ValueTask CopyAsync(
        Stream from,
        long bytes,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> take,
        CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (var left = bytes; left > 0;)
            {
                var piece = buffer.AsMemory(0, (int)Math.Min(left, BufferBytes));
                await from.ReadExactlyAsync(piece, cancellationToken);
                await take(piece, cancellationToken);
                left -= piece.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
