namespace Smcp.Servers.Deploying.Importing;

/// <summary>A package of the npm registry: by its name there, never by an address or a path.</summary>
/// <param name="Name">Its name, with its scope.</param>
/// <param name="Range">A version, a range of them or a tag.</param>
/// <param name="Program">Which of its programs; null where it has one, or one of its own name.</param>
internal sealed record NpmPackage(string Name, string Range, string? Program)
{
    public const string Latest = "latest";

    private const int NameLengthMax = 214;
    private const int RangeLengthMax = 128;

    /// <summary>Reads <c>name</c>, <c>name@range</c>, <c>@scope/name@range</c>; null for anything else.</summary>
    public static NpmPackage? Parse(string text, string? program)
    {
        var at = text.IndexOf('@', Math.Min(1, text.Length));
        var name = at < 0 ? text : text[..at];
        var range = at < 0 ? Latest : text[(at + 1)..];
        return IsName(name) && IsRange(range) ? new NpmPackage(name, range, program) : null;
    }

    /// <summary>As npm takes new names (validate-npm-package-name): so it is no URL, no path and no option.</summary>
    public static bool IsName(string name)
    {
        var parts = name.Split('/');
        return name.Length <= NameLengthMax
            && (parts is [var plain] ? IsPart(plain)
                : parts is [['@', .. var scope], var own] && IsPart(scope) && IsPart(own));
    }

    /// <summary>Versions, comparators and tags (node-semver); never what npm takes for an address.</summary>
    public static bool IsRange(string range) => range.Length is > 0 and <= RangeLengthMax
        && range.All(c => char.IsAsciiLetterOrDigit(c) || ".-+~^<>=|* ".Contains(c, StringComparison.Ordinal))
        && !string.IsNullOrWhiteSpace(range);

    private static bool IsPart(string part) => part.Length > 0 && part[0] is not ('.' or '_' or '-')
        && part is not ("node_modules" or "favicon.ico")
        && part.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.' or '_' or '~');
}
