using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Smcp.Runtimes.Jails.Output;

/// <summary>Takes secrets out of what a server writes: as they are, and as they are often written.</summary>
internal sealed class SecretMask
{
    private const string Masked = "[secret]";

    /// <summary>What is shorter is no secret, and would take all else along.</summary>
    private const int LengthMin = 4;

    private readonly string[] _texts;

    private SecretMask(IEnumerable<string> texts) => _texts =
    [
        .. texts.Where(text => text.Length >= LengthMin)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(text => text.Length),
    ];

    public static SecretMask None { get; } = new([]);

    /// <summary>The length of the longest text that is looked for.</summary>
    public int LengthMax => _texts.Length == 0 ? 0 : _texts[0].Length;

    /// <param name="secrets">The values; each line of one that has several is looked for by itself.</param>
    public static SecretMask Of(IEnumerable<string> secrets) => new(secrets.SelectMany(secret =>
        Spellings(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(secret)))));

    public string Apply(string line)
    {
        foreach (var text in _texts)
        {
            line = line.Replace(text, Masked, StringComparison.Ordinal);
        }

        return line;
    }

    private static IEnumerable<string> Spellings(string secret) =>
    [
        .. secret.Split('\n', '\r').Select(line => line.Trim()),
        JsonEncodedText.Encode(secret).ToString(),
        JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(),
        Uri.EscapeDataString(secret),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)),
    ];
}
