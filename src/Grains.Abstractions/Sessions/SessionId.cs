using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Smcp.Identity;

namespace Smcp.Sessions;

/// <summary>
/// The Mcp-Session-Id that a client holds: 43 base64url characters of 256 random bits (2025-11-25 transports: visible
/// ASCII, cryptographically secure).
/// </summary>
[JsonConverter(typeof(ParsedStringConverter<SessionId>))]
public readonly record struct SessionId : IParsable<SessionId>
{
    private readonly string? _value;

    private SessionId(string value) => _value = value;


    public static SessionId Parse(string s) =>
        TryParse(s, null, out var id) ? id : throw new FormatException("Not a valid SessionId.");

    public static SessionId Parse(string s, IFormatProvider? provider) => Parse(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SessionId result)
    {
        var valid = IdText.IsToken(s, 64);
        result = valid ? new SessionId(s!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => _value ?? string.Empty;
}
