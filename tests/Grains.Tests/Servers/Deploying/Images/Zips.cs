using System.IO.Compression;
using System.Text;

namespace Smcp.Servers.Deploying.Images;

/// <summary>Archives as people, and others, make them.</summary>
internal static class Zips
{
    public static MemoryStream Of(params (string Path, string Content)[] files)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in files)
            {
                Add(zip, path, Encoding.UTF8.GetBytes(content));
            }
        }

        stream.Position = 0;
        return stream;
    }

    public static void Add(
        ZipArchive zip,
        string path,
        byte[] content,
        CompressionLevel level = CompressionLevel.Optimal,
        Action<ZipArchiveEntry>? set = null)
    {
        var entry = zip.CreateEntry(path, level);
        set?.Invoke(entry);
        using var output = entry.Open();
        output.Write(content);
    }

    /// <summary>An archive made by hand.</summary>
    public static MemoryStream Make(Action<ZipArchive> make)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            make(zip);
        }

        stream.Position = 0;
        return stream;
    }
}
