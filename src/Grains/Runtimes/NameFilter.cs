using System.Text.RegularExpressions;

namespace Smcp.Runtimes;

/// <summary>Which names are shown: those that one of the patterns fits, where <c>*</c> stands for any text.</summary>
internal sealed class NameFilter
{
    private readonly Regex[] _patterns;

    public NameFilter(IEnumerable<string> patterns) => _patterns =
    [
        .. patterns.Select(pattern => new Regex(
            $"\\A{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}\\z",
            RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant)),
    ];

    public bool Fits(string name) => _patterns.Any(pattern => pattern.IsMatch(name));
}
