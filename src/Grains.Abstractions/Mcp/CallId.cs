using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Smcp.Identity;

namespace Smcp.Mcp;

/// <summary>
/// One call on its way through the grains. Rewritten at every hop to a server, so that two clients which both use id 1
/// never meet. Token, 1 to 64 characters.
/// </summary>
[JsonConverter(typeof(ParsedStringConverter<CallId>))]
public readonly record struct CallId : IParsable<CallId>
{
    private readonly string? _value;

    private CallId(string value) => _value = value;

    public static CallId Parse(string s) =>
        TryParse(s, null, out var id) ? id : throw new FormatException("Not a valid CallId.");

    public static CallId Parse(string s, IFormatProvider? provider) => Parse(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out CallId result)
    {
        var valid = IdText.IsToken(s, 64);
        result = valid ? new CallId(s!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => _value ?? string.Empty;
}
