using System.Globalization;
using Smcp.Runtimes.Worker;

namespace Smcp.Servers.Deploying.Settings;

/// <summary>The section <c>worker</c>.</summary>
internal static class WorkerSection
{
    private const int FlagsMax = 32;
    private const int BindingsMax = 32;
    private const int NameLengthMax = 64;

    public static WorkerSettings Read(SettingsPart part, IReadOnlySet<string> files)
    {
        var settings = new WorkerSettings
        {
            Main = part.Text("main", lengthMax: 1_024, isRequired: true) ?? string.Empty,
            Variables = EnvironmentSection.Read(part, "vars"),
            Path = part.Text("path", lengthMax: 256) ?? "/mcp",
            CompatibilityDate = part.Text("compatibilityDate", lengthMax: 10),
            CompatibilityFlags = part.Texts("compatibilityFlags", FlagsMax, lengthMax: 128),
            KeyValues = part.Texts("kv", BindingsMax, NameLengthMax),
            Objects = part.Texts("r2", BindingsMax, NameLengthMax),
            DurableObjects = part.Map("durableObjects", BindingsMax, NameLengthMax),
            CpuTime = part.Number("cpuMilliseconds", 10, 3_600_000) is { } milliseconds
                ? TimeSpan.FromMilliseconds(milliseconds)
                : null,
            Subrequests = (int?)part.Number("subrequests", 1, 10_000),
        };
        if (settings.Main.Length > 0 && !files.Contains(settings.Main))
        {
            part.Note("main", "is no file of the bundle");
        }

        if (!settings.Path.StartsWith('/'))
        {
            part.Note("path", "does not begin with a slash");
        }

        if (settings.CompatibilityDate is { } date && !DateOnly.TryParseExact(
            date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            part.Note("compatibilityDate", "is no date as 2026-08-01");
        }

        if (settings.CompatibilityFlags.Any(flag => !CompatibilityFlags.IsAllowed(flag)))
        {
            part.Note("compatibilityFlags", "names a flag that is not offered");
        }

        CheckNames(part, settings);
        part.End();
        return settings;
    }

    private static void CheckNames(SettingsPart part, WorkerSettings settings)
    {
        var bindings = settings.KeyValues.Concat(settings.Objects).Concat(settings.DurableObjects.Keys).ToList();
        if (bindings.Concat(settings.DurableObjects.Values).Any(name => !WorkerMembers.IsName(name)))
        {
            part.Note("has a binding whose name is none, or a class");
        }

        if (bindings.Concat(settings.Variables.Keys)
            .CountBy(name => name, StringComparer.Ordinal).Any(count => count.Value > 1))
        {
            part.Note("has two bindings of one name");
        }
    }
}
