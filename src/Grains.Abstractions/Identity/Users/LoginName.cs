using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Smcp.Identity.Users;

/// <summary>
/// What a user types to say who they are: a name or an e-mail address. Visible ASCII without slash, 1 to 128
/// characters, so that no two names look alike; capital letters are taken as small ones.
/// </summary>
[JsonConverter(typeof(ParsedStringConverter<LoginName>))]
public readonly record struct LoginName : IParsable<LoginName>
{
    private readonly string? _value;

    private LoginName(string value) => _value = value;

    public static LoginName Parse(string s) =>
        TryParse(s, null, out var name) ? name : throw new FormatException("Not a valid LoginName.");

    public static LoginName Parse(string s, IFormatProvider? provider) => Parse(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out LoginName result)
    {
        var text = s?.Trim(' ').ToLowerInvariant();
        var valid = IdText.IsVisible(text, 128);
        result = valid ? new LoginName(text!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => _value ?? string.Empty;
}
