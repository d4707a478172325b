using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Smcp.Identity;

namespace Smcp.Servers;

/// <summary>A deployed server, unique within its tenant. Lower-case label, 1 to 63 characters.</summary>
[JsonConverter(typeof(ParsedStringConverter<ServerId>))]
public readonly record struct ServerId : IParsable<ServerId>
{
    private readonly string? _value;

    private ServerId(string value) => _value = value;

    public static ServerId Parse(string s) =>
        TryParse(s, null, out var id) ? id : throw new FormatException("Not a valid ServerId.");

    public static ServerId Parse(string s, IFormatProvider? provider) => Parse(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ServerId result)
    {
        var valid = IdText.IsLabel(s);
        result = valid ? new ServerId(s!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => _value ?? string.Empty;
}
