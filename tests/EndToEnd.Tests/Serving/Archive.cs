using System.IO.Compression;
using System.Net.Http.Headers;

namespace Smcp.EndToEnd.Serving;

/// <summary>Zip archives, as tenants deploy them.</summary>
internal static class Archive
{
    public static HttpContent Of(IEnumerable<(string Path, byte[] Content)> files)
    {
        var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in files)
            {
                using var entry = zip.CreateEntry(path, CompressionLevel.Fastest).Open();
                entry.Write(content);
            }
        }

        return new ByteArrayContent(archive.ToArray())
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/zip") },
        };
    }

    /// <summary>
    /// What npm installed in a folder of this project, but for what no program runs: types, sources of maps.
    /// </summary>
    public static IEnumerable<(string Path, byte[] Content)> Packages(string folder)
    {
        var root = Path.Combine(Workspace.Scripts, folder);
        return Directory.EnumerateFiles(Path.Combine(root, "node_modules"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".js" or ".mjs" or ".cjs" or ".json" or ".md")
            .Where(file => !IsLink(file))
            .Select(file => (Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllBytes(file)));
    }

    private static bool IsLink(string file) => new FileInfo(file).LinkTarget is not null;
}
