using Smcp.Mcp;

namespace Smcp.Servers.Deploying.Settings;

/// <summary>What is wrong with a document, each under its JSON pointer.</summary>
internal sealed class SettingsProblems
{
    private const int ShownMax = 20;
    private const int NameLengthMax = 64;

    private readonly List<string> _problems = [];

    public bool Any => _problems.Count > 0;

    public void Note(string pointer, string what)
    {
        if (_problems.Count <= ShownMax)
        {
            _problems.Add(_problems.Count < ShownMax
                ? $"{(pointer.Length == 0 ? "the document" : pointer)} {what}"
                : "and more");
        }
    }

    public McpFault ToFault() =>
        new(FaultReason.InvalidParams, $"The settings cannot be taken: {string.Join("; ", _problems)}.");

    /// <summary>
    /// A member's name in a pointer (RFC 6901 section 3); it may be anything, so it is cut and made visible.
    /// </summary>
    public static string Escape(string name) => new string(
        [.. name.Take(NameLengthMax).Select(c => c is >= ' ' and <= '~' ? c : '?')])
        .Replace("~", "~0", StringComparison.Ordinal)
        .Replace("/", "~1", StringComparison.Ordinal);
}
