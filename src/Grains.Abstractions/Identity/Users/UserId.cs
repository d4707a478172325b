using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Smcp.Identity.Users;

/// <summary>
/// A user, unique within its tenant and never used again. 1 to 32 characters of A-Z, a-z, 0-9, hyphen, underscore.
/// </summary>
[JsonConverter(typeof(ParsedStringConverter<UserId>))]
public readonly record struct UserId : IParsable<UserId>
{
    private const string PrincipalPrefix = "user:";

    private readonly string? _value;

    private UserId(string value) => _value = value;

    /// <summary>The user as a caller: <c>user:id</c>, which no other kind of principal begins with.</summary>
    public PrincipalId Principal => PrincipalId.Parse(PrincipalPrefix + _value);

    public static UserId Parse(string s) =>
        TryParse(s, null, out var id) ? id : throw new FormatException("Not a valid UserId.");

    public static UserId Parse(string s, IFormatProvider? provider) => Parse(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out UserId result)
    {
        var valid = IdText.IsToken(s, 32);
        result = valid ? new UserId(s!) : default;
        return valid;
    }

    /// <summary>The user that a principal is; false for a key, a client and the anonymous.</summary>
    public static bool TryOf(PrincipalId principal, out UserId user)
    {
        var text = principal.ToString();
        user = default;
        return text.StartsWith(PrincipalPrefix, StringComparison.Ordinal)
            && TryParse(text[PrincipalPrefix.Length..], null, out user);
    }

    /// <inheritdoc/>
    public override string ToString() => _value ?? string.Empty;
}
