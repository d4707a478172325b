namespace Smcp.Servers.Deploying.Settings;

/// <summary>Names and values that a program is started with.</summary>
internal static class EnvironmentSection
{
    private const int CountMax = 128;
    private const int ValueLengthMax = 4_096;
    private const int NameLengthMax = 128;

    public static IReadOnlyDictionary<string, string> Read(SettingsPart part, string name)
    {
        var map = part.Map(name, CountMax, ValueLengthMax);
        foreach (var odd in map.Keys.Where(key => !IsName(key)))
        {
            part.Note(name, $"has a name that is none: {SettingsProblems.Escape(odd)}");
        }

        return map;
    }

    // POSIX, Environment Variables: what every shell and program takes; an = or a NUL would make another variable.
    private static bool IsName(string name) =>
        name.Length is >= 1 and <= NameLengthMax && !char.IsAsciiDigit(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
