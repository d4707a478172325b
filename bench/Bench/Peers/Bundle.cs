using System.IO.Compression;

namespace Smcp.Bench.Peers;

/// <summary>What is deployed: settings, and the files of a server.</summary>
internal static class Bundle
{
    private const int ExecutableFile = 0b1_000_000_111_101_101;

    public static byte[] Of(string settings, params IEnumerable<(string Path, string Text)> files)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in files.Prepend(("smcp.json", settings)))
            {
                var entry = archive.CreateEntry(path);
                entry.ExternalAttributes = ExecutableFile << 16;
                using var writer = new StreamWriter(entry.Open());
                writer.Write(text);
            }
        }

        return bytes.ToArray();
    }
}
