using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Smcp.Identity;

namespace Smcp.Tasks;

/// <summary>
/// A task, as its client names it: 43 base64url characters of 256 random bits, so that nobody guesses another's
/// (SEP-2663, security implications).
/// </summary>
[JsonConverter(typeof(ParsedStringConverter<TaskId>))]
public readonly record struct TaskId : IParsable<TaskId>
{
    private readonly string? _value;

    private TaskId(string value) => _value = value;

    public static TaskId Parse(string s) =>
        TryParse(s, null, out var id) ? id : throw new FormatException("Not a valid TaskId.");

    public static TaskId Parse(string s, IFormatProvider? provider) => Parse(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TaskId result)
    {
        var valid = IdText.IsToken(s, 64);
        result = valid ? new TaskId(s!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => _value ?? string.Empty;
}
