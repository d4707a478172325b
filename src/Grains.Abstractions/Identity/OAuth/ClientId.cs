using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Smcp.Identity.OAuth;

/// <summary>
/// An OAuth client: a text that we made, or the https URL of its metadata document. Visible ASCII, 1 to 512 characters,
/// compared as it is.
/// </summary>
[JsonConverter(typeof(ParsedStringConverter<ClientId>))]
public readonly record struct ClientId : IParsable<ClientId>
{
    private const int LengthMax = 512;

    private readonly string? _value;

    private ClientId(string value) => _value = value;

    /// <summary>Whether it names a metadata document, which says what the client is.</summary>
    public bool IsDocument => _value?.StartsWith("https://", StringComparison.Ordinal) == true;

    public static ClientId Parse(string s) =>
        TryParse(s, null, out var id) ? id : throw new FormatException("Not a valid ClientId.");

    public static ClientId Parse(string s, IFormatProvider? provider) => Parse(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ClientId result)
    {
        var valid = s is { Length: >= 1 and <= LengthMax } && !s.AsSpan().ContainsAnyExceptInRange('!', '~');
        result = valid ? new ClientId(s!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => _value ?? string.Empty;
}
