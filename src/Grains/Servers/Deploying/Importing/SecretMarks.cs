namespace Smcp.Servers.Deploying.Importing;

/// <summary>
/// Tells by its name or its look that a value is a secret. A version is read by every administrator of its tenant and
/// never changes, so none may stand in it.
/// </summary>
internal static class SecretMarks
{
    private static readonly string[] InNames =
    [
        "TOKEN", "SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "APIKEY", "ACCESSKEY", "PRIVATEKEY", "CREDENTIAL",
        "AUTHORIZATION", "COOKIE",
    ];

    private static readonly string[] AtEndOfNames = ["KEY", "PAT", "PWD", "AUTH"];

    /// <summary>A variable of such a name says where something is, not what.</summary>
    private static readonly string[] OfPlaces = ["FILE", "PATH", "DIR", "URL", "URI", "ENDPOINT", "NAME", "ID"];

    private static readonly string[] AtBeginOfValues =
    [
        "sk-", "sk_", "rk_", "ghp_", "gho_", "ghu_", "ghs_", "github_pat_", "glpat-", "xox", "AKIA", "ASIA", "AIza",
        "ya29.", "eyJ", "npm_", "hf_", "-----BEGIN", "Bearer ", "Basic ",
    ];

    public static bool Are(string name, string value) => IsNamed(name, value) || LooksSo(value);

    /// <summary>An argument that is one, by the option that it is given to.</summary>
    public static bool AreIn(string? option, string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        return argument.StartsWith('-') && equals > 0 ? Are(argument[..equals], argument[(equals + 1)..])
            : !argument.StartsWith('-') && option?.StartsWith('-') == true ? Are(option, argument)
            : LooksSo(argument);
    }

    private static bool IsNamed(string name, string value)
    {
        var letters = new string([.. name.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)]);
        return !IsFlagOrCount(value)
            && !OfPlaces.Any(end => letters.EndsWith(end, StringComparison.Ordinal))
            && (InNames.Any(mark => letters.Contains(mark, StringComparison.Ordinal))
                || AtEndOfNames.Any(mark => letters.EndsWith(mark, StringComparison.Ordinal)));
    }

    private static bool LooksSo(string value) =>
        AtBeginOfValues.Any(mark => value.StartsWith(mark, StringComparison.Ordinal) && value.Length > mark.Length + 7)
        || (Uri.TryCreate(value, UriKind.Absolute, out var uri)
            && uri.UserInfo.Contains(':', StringComparison.Ordinal));

    /// <summary><c>MAX_TOKENS=4096</c>, <c>USE_AUTH=true</c>.</summary>
    private static bool IsFlagOrCount(string value) =>
        value is "true" or "false" || (value.Length <= 5 && value.All(char.IsAsciiDigit));
}
