using System.Buffers.Binary;
using System.Text;

namespace Smcp.Servers.Deploying.Images;

/// <summary>
/// The head of an image: its files, in the ordinal order of their paths; their contents follow in that order and
/// nothing else does. So the same files are the same bytes, whoever packed them, and their SHA-256 names them.
/// </summary>
internal static class ImageIndex
{
    /// <summary>The mark and the form's number; then the count of files.</summary>
    private static ReadOnlySpan<byte> Mark => "SMCPIMG1"u8;

    private const int HeadBytes = 12;

    /// <summary>Of one file before its path: bytes, flags, the path's length.</summary>
    private const int EntryBytes = 13;

    /// <summary>Where the first file begins.</summary>
    public static int BytesOf(IReadOnlyList<ImageFile> files) =>
        HeadBytes + files.Sum(file => EntryBytes + Encoding.UTF8.GetByteCount(file.Path));

    public static byte[] Write(IReadOnlyList<ImageFile> files)
    {
        var paths = files.Select(file => Encoding.UTF8.GetBytes(file.Path)).ToList();
        var output = new byte[BytesOf(files)];
        Mark.CopyTo(output);
        BinaryPrimitives.WriteInt32BigEndian(output.AsSpan(Mark.Length), files.Count);
        var at = HeadBytes;
        foreach (var (file, path) in files.Zip(paths))
        {
            var entry = output.AsSpan(at);
            BinaryPrimitives.WriteInt64BigEndian(entry, file.Bytes);
            entry[8] = file.IsExecutable ? (byte)1 : (byte)0;
            BinaryPrimitives.WriteInt32BigEndian(entry[9..], path.Length);
            path.CopyTo(entry[EntryBytes..]);
            at += EntryBytes + path.Length;
        }

        return output;
    }

    /// <summary>Reads the head, and leaves the stream where the first file begins.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static async ValueTask<IReadOnlyList<ImageFile>> ReadAsync(
        Stream image, int filesMax, CancellationToken cancellationToken)
    {
        var head = new byte[HeadBytes];
        await ReadAsync(image, head, cancellationToken);
        var count = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(Mark.Length));
        if (!head.AsSpan().StartsWith(Mark) || count < 0 || count > filesMax)
        {
            throw new InvalidDataException("Not an image.");
        }

        var files = new List<ImageFile>(count);
        var entry = new byte[EntryBytes];
        for (var i = 0; i < count; i++)
        {
            await ReadAsync(image, entry, cancellationToken);
            var bytes = BinaryPrimitives.ReadInt64BigEndian(entry);
            var length = BinaryPrimitives.ReadInt32BigEndian(entry.AsSpan(9));
            if (bytes < 0 || length is < 1 or > 4_096)
            {
                throw new InvalidDataException("Not a file of an image.");
            }

            var path = new byte[length];
            await ReadAsync(image, path, cancellationToken);
            var file = new ImageFile(Encoding.UTF8.GetString(path), bytes, entry[8] != 0);
            if (ImagePath.Refuse(file.Path) is { } reason)
            {
                throw new InvalidDataException($"A path of the image {reason}.");
            }

            files.Add(file);
        }

        return files;
    }

    private static async ValueTask ReadAsync(Stream image, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            await image.ReadExactlyAsync(buffer, cancellationToken);
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException("The image ends too soon.");
        }
    }
}
