using System.Security.Cryptography;
using System.Text;

namespace Smcp.Data;

/// <summary>Something that nobody may find, and every form in which it could be found.</summary>
internal sealed class Marker
{
    private readonly IReadOnlyList<(string Form, byte[] Bytes)> _forms;

    public Marker(string name, byte[] bytes)
    {
        Name = name;
        _forms =
        [
            ("as it is", bytes),
            ("in UTF-16", Encoding.Unicode.GetBytes(Encoding.Latin1.GetString(bytes))),
            ("in hex", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes))),
            ("in hex", Encoding.ASCII.GetBytes(Convert.ToHexString(bytes))),
            .. Base64Of(bytes),
        ];
    }

    public Marker(string name, string text)
        : this(name, Encoding.UTF8.GetBytes(text)) => Text = text;

    public string Name { get; }

    public string Text { get; } = string.Empty;

    /// <summary>A text that is nowhere else: letters and digits, so that nothing escapes it.</summary>
    public static Marker Plant(string name) =>
        new(name, $"canary{name}{RandomNumberGenerator.GetHexString(24, lowercase: true)}");

    /// <summary>The forms of it that stand somewhere.</summary>
    public IEnumerable<string> FormsIn(ReadOnlyMemory<byte> place) => _forms
        .Where(form => place.Span.IndexOf(form.Bytes) >= 0)
        .Select(form => form.Form)
        .Distinct();

    /// <summary>
    /// The characters of base64 that are its own wherever it stands in what was encoded: at each of three offsets.
    /// </summary>
    private static IEnumerable<(string Form, byte[] Bytes)> Base64Of(byte[] bytes)
    {
        for (var offset = 0; offset < 3; offset++)
        {
            var text = Convert.ToBase64String([.. new byte[offset], .. bytes]);
            var first = offset == 0 ? 0 : offset + 1;
            var own = text[first..((bytes.Length + offset) * 4 / 3)];
            yield return ("in base64", Encoding.ASCII.GetBytes(own));
            yield return ("in base64url", Encoding.ASCII.GetBytes(own.Replace('+', '-').Replace('/', '_')));
        }
    }
}
