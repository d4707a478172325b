namespace Smcp.Servers.Deploying.Settings;

/// <summary>The section <c>worker</c>.</summary>
internal static class WorkerSection
{
    public static WorkerSettings Read(SettingsPart part, IReadOnlySet<string> files)
    {
        var settings = new WorkerSettings
        {
            Main = part.Text("main", lengthMax: 1_024, isRequired: true) ?? string.Empty,
            Variables = EnvironmentSection.Read(part, "vars"),
        };
        if (settings.Main.Length > 0 && !files.Contains(settings.Main))
        {
            part.Note("main", "is no file of the bundle");
        }

        part.End();
        return settings;
    }
}
