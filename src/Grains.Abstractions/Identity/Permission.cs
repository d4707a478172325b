using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Smcp.Identity;

/// <summary>
/// One thing that a role permits: <c>action:object</c>, such as <c>mcp.tool:notes/add</c> or <c>admin.read:usage</c>.
/// Of a granted permission, action and object may each end in <c>*</c>, which stands for any rest. The action is of
/// a-z, dot and star; the object 1 to 512 characters of any kind but control characters.
/// </summary>
[JsonConverter(typeof(ParsedStringConverter<Permission>))]
public readonly record struct Permission : IParsable<Permission>
{
    private const int LengthMax = 600;
    private const int ObjectLengthMax = 512;
    private const char Any = '*';

    private readonly string? _value;

    private Permission(string value) => _value = value;

    /// <summary>The permission to do this to that.</summary>
    /// <exception cref="FormatException">They do not make a permission.</exception>
    public static Permission To(string action, string target) => Parse($"{action}:{target}");

    public static Permission Parse(string s) =>
        TryParse(s, null, out var permission) ? permission : throw new FormatException("Not a valid Permission.");

    public static Permission Parse(string s, IFormatProvider? provider) => Parse(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Permission result)
    {
        var valid = s is { Length: <= LengthMax } && IsValid(s);
        result = valid ? new Permission(s!) : default;
        return valid;
    }

    /// <summary>
    /// Whether a granted permission covers an action on an object; takes no permission apart, so that a decision costs
    /// no memory.
    /// </summary>
    public static bool Covers(ReadOnlySpan<char> granted, ReadOnlySpan<char> action, ReadOnlySpan<char> target)
    {
        var at = granted.IndexOf(':');
        return at > 0 && Matches(granted[..at], action) && Matches(granted[(at + 1)..], target);
    }

    /// <summary>
    /// Whether a granted permission covers an action on every object that begins so: then nobody need look which.
    /// </summary>
    public static bool CoversAll(ReadOnlySpan<char> granted, ReadOnlySpan<char> action, ReadOnlySpan<char> beginning)
    {
        var at = granted.IndexOf(':');
        return at > 0 && granted[^1] == Any
            && Matches(granted[..at], action) && Matches(granted[(at + 1)..], beginning);
    }

    /// <summary>Whether a granted permission covers all that another would grant.</summary>
    public static bool CoversAllOf(ReadOnlySpan<char> granted, ReadOnlySpan<char> other)
    {
        var (at, otherAt) = (granted.IndexOf(':'), other.IndexOf(':'));
        return at > 0 && otherAt > 0
            && Includes(granted[..at], other[..otherAt]) && Includes(granted[(at + 1)..], other[(otherAt + 1)..]);
    }

    /// <inheritdoc/>
    public override string ToString() => _value ?? string.Empty;

    private static bool Includes(ReadOnlySpan<char> pattern, ReadOnlySpan<char> other) =>
        other.Length > 0 && other[^1] == Any
            ? pattern.Length > 0 && pattern[^1] == Any
                && other[..^1].StartsWith(pattern[..^1], StringComparison.Ordinal)
            : Matches(pattern, other);

    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text) =>
        pattern.Length > 0 && pattern[^1] == Any
            ? text.StartsWith(pattern[..^1], StringComparison.Ordinal)
            : pattern.SequenceEqual(text);

    private static bool IsValid(string text)
    {
        var at = text.IndexOf(':', StringComparison.Ordinal);
        if (at < 1 || at == text.Length - 1 || text.Length - at - 1 > ObjectLengthMax)
        {
            return false;
        }

        return IsPattern(text.AsSpan(0, at), static c => c is (>= 'a' and <= 'z') or '.')
            && text.AsSpan(at + 1).IndexOfAnyInRange('\0', '\u001f') < 0;
    }

    private static bool IsPattern(ReadOnlySpan<char> text, Func<char, bool> allowed)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!allowed(text[i]) && !(text[i] == Any && i == text.Length - 1))
            {
                return false;
            }
        }

        return true;
    }
}
