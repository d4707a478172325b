using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Smcp.Identity;

/// <summary>
/// Who calls: a user, a client or a key, unique within its tenant. Visible ASCII, 1 to 128 characters, no slash.
/// </summary>
[JsonConverter(typeof(ParsedStringConverter<PrincipalId>))]
public readonly record struct PrincipalId : IParsable<PrincipalId>
{
    private readonly string? _value;

    /// <summary>Who shows no credential, where a server is public.</summary>
    public static PrincipalId Anonymous { get; } = new("anonymous");

    private PrincipalId(string value) => _value = value;

    public static PrincipalId Parse(string s) =>
        TryParse(s, null, out var id) ? id : throw new FormatException("Not a valid PrincipalId.");

    public static PrincipalId Parse(string s, IFormatProvider? provider) => Parse(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PrincipalId result)
    {
        var valid = IdText.IsVisible(s, 128);
        result = valid ? new PrincipalId(s!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => _value ?? string.Empty;
}
