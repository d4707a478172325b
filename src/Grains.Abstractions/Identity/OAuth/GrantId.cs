using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Smcp.Identity.OAuth;

/// <summary>What somebody let a client do: 22 characters of base64url, 128 random bits.</summary>
[JsonConverter(typeof(ParsedStringConverter<GrantId>))]
public readonly record struct GrantId : IParsable<GrantId>
{
    private const int Length = 22;
    private const int Bytes = 16;

    private readonly string? _value;

    private GrantId(string value) => _value = value;

    public static GrantId Random() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    public static GrantId Parse(string s) =>
        TryParse(s, null, out var id) ? id : throw new FormatException("Not a valid GrantId.");

    public static GrantId Parse(string s, IFormatProvider? provider) => Parse(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out GrantId result)
    {
        var valid = s?.Length == Length && IdText.IsToken(s, Length);
        result = valid ? new GrantId(s!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => _value ?? string.Empty;
}
