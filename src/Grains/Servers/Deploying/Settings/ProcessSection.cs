using System.Globalization;

namespace Smcp.Servers.Deploying.Settings;

/// <summary>The section <c>process</c>.</summary>
internal static class ProcessSection
{
    private const int ArgumentsMax = 128;
    private const int ArgumentLengthMax = 4_096;
    private const int FoldersMax = 8;
    private const int FolderLengthMax = 256;
    private const long ScratchBytesMin = 4_096;
    private const long ScratchBytesMax = 1L << 40;
    private const int PortsMax = 8;
    private const ushort FirstPort = 1_024;

    public static ProcessSettings Read(SettingsPart part)
    {
        var settings = new ProcessSettings
        {
            Command = part.Text("command", ArgumentLengthMax, isRequired: true) ?? string.Empty,
            Arguments = part.Texts("args", ArgumentsMax, ArgumentLengthMax),
            Environment = EnvironmentSection.Read(part, "env"),
            SecretEnvironment = EnvironmentSection.Read(part, "secretEnv"),
            Scratch = ReadScratch(part),
            Ports = ReadPorts(part),
            IsStateless = part.Flag("stateless"),
        };
        part.End();
        return settings;
    }

    /// <summary>Folders to write to: <c>{"/data": {"bytes": 1048576}}</c>.</summary>
    private static SortedDictionary<string, long> ReadScratch(SettingsPart part)
    {
        const string name = "scratch";
        var folders = new SortedDictionary<string, long>(StringComparer.Ordinal);
        if (part.Part(name) is { } scratch)
        {
            var members = scratch.Members();
            if (members.Count > FoldersMax || members.Any(member => !IsFolder(member.Name)))
            {
                part.Note(name, $"is more than {FoldersMax} folders, or one is no absolute path in its shortest form");
            }

            foreach (var (folder, sizes) in members.Take(FoldersMax))
            {
                folders[folder] = sizes.Number("bytes", ScratchBytesMin, ScratchBytesMax) ?? ScratchBytesMin;
                sizes.End();
            }

            scratch.End();
        }

        return folders;
    }

    /// <summary>
    /// Ports of its own loopback, and the place that each leads to: <c>{"5432": "db.example.org:5432"}</c>.
    /// </summary>
    private static IReadOnlyDictionary<string, string> ReadPorts(SettingsPart part)
    {
        const string name = "ports";
        var ports = part.Map(name, PortsMax, ArgumentLengthMax);
        foreach (var (port, place) in ports)
        {
            if (!ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number < FirstPort || port[0] == '0' || !EgressRule.IsValid(place)
                || place.StartsWith('*'))
            {
                part.Note(name, $"leads from no port of {FirstPort} to 65535, or to no place: "
                    + SettingsProblems.Escape(port));
            }
        }

        return ports;
    }

    private static bool IsFolder(string path) => path.Length is > 1 and <= FolderLengthMax && path[0] == '/'
        && path.Split('/').Skip(1).All(part => part is not ("" or "." or ".."));
}
