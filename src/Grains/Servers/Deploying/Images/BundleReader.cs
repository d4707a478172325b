using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Smcp.Servers.Deploying.Images;

/// <summary>
/// Makes an image of a zip that nobody vouches for. What it says of itself is believed in nothing: paths are checked,
/// lengths are counted as they come, and what is no plain file is refused.
/// </summary>
internal sealed class BundleReader(ImageOptions options)
{
    private const int BufferBytes = 64 * 1024;
    private const int TypeMask = 0xF000;
    private const int RegularFile = 0x8000;
    private const int ExecutableBits = 0x49;
    private const long RatioFrom = 1024 * 1024;

    /// <summary>Writes the image of an archive to an empty file; it is at its end afterwards.</summary>
    /// <exception cref="BundleException">It is none that is taken.</exception>
    public async ValueTask<ServerImage> ReadAsync(Stream archive, Stream image, CancellationToken cancellationToken)
    {
        try
        {
            var count = ZipDirectory.Count(archive, 2 * options.FilesMax);
            if (count == 0 || count > 2 * options.FilesMax)
            {
                throw new BundleException(
                    count == 0 ? "The bundle is no zip archive." : $"A bundle has at most {options.FilesMax} files.");
            }

            archive.Position = 0;
            using var zip = new ZipArchive(archive, ZipArchiveMode.Read, leaveOpen: true);
            var entries = EntriesOf(zip);
            RefuseOverlaps(entries, archive.Length);
            var bytesMax = Math.Min(
                options.UnpackedBytesMax, Math.Max(RatioFrom, archive.Length * options.RatioMax));
            var files = await MeasureAsync(entries, bytesMax, cancellationToken);
            return await WriteAsync(entries, files, image, cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException
            or NotSupportedException)
        {
            throw new BundleException("The bundle is a damaged zip archive, or one of a kind that is not read.");
        }
    }

    private List<ZipArchiveEntry> EntriesOf(ZipArchive zip)
    {
        var entries = zip.Entries.Where(entry => !entry.FullName.EndsWith('/'))
            .OrderBy(entry => entry.FullName, StringComparer.Ordinal)
            .ToList();
        if (entries.Count == 0 || entries.Count > options.FilesMax)
        {
            throw new BundleException($"A bundle has 1 to {options.FilesMax} files.");
        }

        string? before = null;
        foreach (var entry in entries)
        {
            var path = entry.FullName;
            if ((ImagePath.Refuse(path) ?? (path == before ? "stands twice" : null)) is { } reason)
            {
                throw Refused(path, reason);
            }

            var type = (entry.ExternalAttributes >> 16) & TypeMask;
            if (entry.IsEncrypted || type is not (0 or RegularFile))
            {
                throw Refused(path, "is no plain file: links and the like are not taken");
            }

            before = path;
        }

        return ImagePath.Clash([.. entries.Select(entry => entry.FullName)]) is { } both
            ? throw Refused(both, "is a file and a folder")
            : entries;
    }

    /// <summary>
    /// Many entries may point at the same packed bytes, and these may unpack to nothing: no bound of what comes out
    /// ends that. So no byte of an archive is read for two files; of an entry no more is read than it says here.
    /// </summary>
    private static void RefuseOverlaps(List<ZipArchiveEntry> entries, long archiveBytes)
    {
        var left = archiveBytes;
        foreach (var entry in entries)
        {
            left -= entry.CompressedLength;
            if (left < 0)
            {
                throw new BundleException("The bundle's files overlap: packed, they are larger than the archive.");
            }
        }
    }

    /// <summary>
    /// The lengths as they are, not as the archive says; once over the bound nothing more is unpacked.
    /// </summary>
    private static async ValueTask<List<ImageFile>> MeasureAsync(
        List<ZipArchiveEntry> entries, long bytesMax, CancellationToken cancellationToken)
    {
        var files = new List<ImageFile>(entries.Count);
        var left = bytesMax;
        foreach (var entry in entries)
        {
            long bytes = 0;
            await CopyAsync(
                entry,
                (piece, _) =>
                {
                    bytes += piece.Length;
                    left -= piece.Length;
                    return left >= 0
                        ? ValueTask.CompletedTask
                        : throw new BundleException(
                            $"The bundle has more than the {bytesMax} bytes that it may have unpacked.");
                },
                cancellationToken);
            files.Add(new ImageFile(
                entry.FullName, bytes, ((entry.ExternalAttributes >> 16) & ExecutableBits) != 0));
        }

        return files;
    }

    private static async ValueTask<ServerImage> WriteAsync(
        List<ZipArchiveEntry> entries, List<ImageFile> files, Stream image, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var head = ImageIndex.Write(files);
        hash.AppendData(head);
        await image.WriteAsync(head, cancellationToken);
        foreach (var entry in entries)
        {
            await CopyAsync(
                entry,
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
            Bytes = head.Length + files.Sum(file => file.Bytes),
        };
    }

    private static async ValueTask CopyAsync(
        ZipArchiveEntry entry,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> take,
        CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            await using var content = await entry.OpenAsync(cancellationToken);
            while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            {
                await take(buffer.AsMemory(0, count), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static BundleException Refused(string path, string reason) =>
        new($"The bundle's file {Shown(path)} {reason}.");

    /// <summary>A path that was refused may hold anything.</summary>
    private static string Shown(string path) => new(
        [.. path.Take(80).Select(c => c is >= ' ' and <= '~' ? c : '?')]);
}
