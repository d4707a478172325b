using System.Buffers.Binary;
using System.Text.Json;
using Smcp.Protocol;
using Smcp.Servers.Deploying.Images;

namespace Smcp.Servers.Deploying.Importing.Npm;

/// <summary>
/// Takes the files that come out of the build jail (<c>bring.mjs</c>), which is not trusted with more than that.
/// </summary>
internal static class NpmOutput
{
    private const int HeadBytesMax = 16 * 1024;

    /// <summary>True when all files came; false when the output ended before.</summary>
    /// <exception cref="BundleException">They are not files that an image may have, or too many.</exception>
    public static async Task<bool> ReadAsync(Stream output, FileSpool files, CancellationToken cancellationToken)
    {
        var length = new byte[sizeof(int)];
        try
        {
            while (true)
            {
                await output.ReadExactlyAsync(length, cancellationToken);
                var bytes = BinaryPrimitives.ReadInt32BigEndian(length);
                if (bytes == 0)
                {
                    return true;
                }

                if (bytes is < 0 or > HeadBytesMax)
                {
                    throw Odd();
                }

                var head = new byte[bytes];
                await output.ReadExactlyAsync(head, cancellationToken);
                await files.AddAsync(FileOf(head), output, cancellationToken);
            }
        }
        catch (EndOfStreamException)
        {
            return false;
        }
    }

    private static ImageFile FileOf(byte[] head)
    {
        using var json = ForeignJson.Parse(head, default);
        return json?.RootElement is { ValueKind: JsonValueKind.Object } root
            && root.Text("path") is { } path
            && root.TryGetProperty("bytes", out var bytes) && bytes.TryGetInt64(out var length) && length >= 0
            && root.TryGetProperty("isExecutable", out var isExecutable)
                ? new ImageFile(path, length, isExecutable.ValueKind == JsonValueKind.True)
                : throw Odd();
    }

    private static BundleException Odd() => new("What was brought cannot be read.");
}
