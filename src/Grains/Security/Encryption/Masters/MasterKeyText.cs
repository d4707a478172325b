using System.Globalization;

namespace Smcp.Security.Encryption.Masters;

/// <summary>
/// Master keys as text: <c>version:base64 of 32 bytes</c>, one to a line or separated by commas. Lines that begin with
/// # are comments.
/// </summary>
internal static class MasterKeyText
{
    /// <summary>The keys, newest first; null for what is no such text.</summary>
    public static IReadOnlyList<MasterKey>? Parse(string text)
    {
        var keys = new List<MasterKey>();
        foreach (var line in text.Split(
            ['\n', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == '#')
            {
                continue;
            }

            var key = new byte[MasterKey.KeyBytes];
            if (line.Split(':') is not [var number, var encoded]
                || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
                || version < 1
                || !Convert.TryFromBase64String(encoded, key, out var length)
                || length != MasterKey.KeyBytes
                || keys.Any(other => other.Version == version))
            {
                return null;
            }

            keys.Add(new MasterKey(version, key));
        }

        return [.. keys.OrderByDescending(key => key.Version)];
    }

    public static string Line(MasterKey key) =>
        string.Create(CultureInfo.InvariantCulture, $"{key.Version}:{Convert.ToBase64String(key.Key.Span)}\n");
}
