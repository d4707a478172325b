using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Smcp.Identity;

/// <summary>A tenant. Lower-case label, 1 to 63 characters.</summary>
[JsonConverter(typeof(ParsedStringConverter<TenantId>))]
public readonly record struct TenantId : IParsable<TenantId>
{
    private readonly string? _value;

    /// <summary>
    /// The tenant of those who run the installation. It always exists, has no servers, and owns what belongs to no
    /// other tenant.
    /// </summary>
    public static TenantId Platform { get; } = new("platform");

    /// <summary>The tenant that exists from the first start, and owns the servers that came with the process.</summary>
    public static TenantId Default { get; } = new("default");

    private TenantId(string value) => _value = value;

    public static TenantId Parse(string s) =>
        TryParse(s, null, out var id) ? id : throw new FormatException("Not a valid TenantId.");

    public static TenantId Parse(string s, IFormatProvider? provider) => Parse(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TenantId result)
    {
        var valid = IdText.IsLabel(s);
        result = valid ? new TenantId(s!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => _value ?? string.Empty;
}
