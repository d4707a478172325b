namespace Smcp.Servers.Deploying.Settings;

/// <summary>The section <c>process</c>.</summary>
internal static class ProcessSection
{
    private const int ArgumentsMax = 128;
    private const int ArgumentLengthMax = 4_096;

    public static ProcessSettings Read(SettingsPart part)
    {
        var settings = new ProcessSettings
        {
            Command = part.Text("command", ArgumentLengthMax, isRequired: true) ?? string.Empty,
            Arguments = part.Texts("args", ArgumentsMax, ArgumentLengthMax),
            Environment = EnvironmentSection.Read(part, "env"),
        };
        part.End();
        return settings;
    }
}
