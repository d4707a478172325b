namespace Smcp.Runtimes.OpenApi.Reading;

/// <summary>
/// Whether a path leads where it seems to, however its server reads it: none of its parts, taken apart and decoded as
/// often as any server may, names the folder above.
/// </summary>
internal static class ApiPath
{
    private const int DecodingsMax = 4;

    public static bool IsSound(string path)
    {
        var decoded = path;
        for (var time = 0; time <= DecodingsMax; time++)
        {
            if (decoded.Any(char.IsControl) || decoded.Split('/', '\\').Any(IsAbove))
            {
                return false;
            }

            var again = Uri.UnescapeDataString(decoded);
            if (again == decoded)
            {
                return true;
            }

            decoded = again;
        }

        return false;
    }

    /// <summary>Some servers cut what follows a semicolon, or spaces at the end, before they look at a part.</summary>
    private static bool IsAbove(string part)
    {
        var semicolon = part.IndexOf(';', StringComparison.Ordinal);
        return (semicolon < 0 ? part : part[..semicolon]).Trim() is "." or "..";
    }
}
