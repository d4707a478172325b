using System.Text;

namespace Smcp.Servers.Deploying.Images;

/// <summary>
/// What may be the path of a file in an image: relative, of plain segments, so that none can leave the folder it is
/// unpacked to, on whatever file system.
/// </summary>
internal static class ImagePath
{
    private const int BytesMax = 1_024;
    private const int SegmentBytesMax = 255;
    private const int DepthMax = 64;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Null for a path that may be; else why not.</summary>
    public static string? Refuse(string path)
    {
        if (path.Length == 0 || path[0] == '/')
        {
            return "is no relative path";
        }

        if (path.AsSpan().ContainsAny('\\', ':') || path.Any(char.IsControl))
        {
            return "has a character that no path of a bundle has";
        }

        var segments = path.Split('/');
        if (segments.Any(segment => segment is "" or "." or ".."))
        {
            return "has an empty segment, or one of dots";
        }

        return segments.Length > DepthMax || BytesOf(path) is not <= BytesMax
            || segments.Any(segment => BytesOf(segment) > SegmentBytesMax)
                ? "is too long, too deep, or no text"
                : null;
    }

    /// <summary>A path of these that is another's folder; null where none is.</summary>
    public static string? Clash(IReadOnlyList<string> paths)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            for (var slash = path.IndexOf('/'); slash > 0; slash = path.IndexOf('/', slash + 1))
            {
                folders.Add(path[..slash]);
            }
        }

        return paths.FirstOrDefault(folders.Contains);
    }

    private static int? BytesOf(string text)
    {
        try
        {
            return Utf8.GetByteCount(text);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }
}
