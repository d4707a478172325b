namespace Smcp.Threats;

/// <summary>The page of security lists exactly the threats that are tested, with the control of each.</summary>
public sealed class ThreatTableTests
{
    private static readonly (string Group, IEnumerable<(string Name, string Control)> Threats)[] Groups =
    [
        ("Auth", Lines(AuthThreats.All)),
        ("Session", Lines(SessionThreats.All)),
        ("Transport", Lines(TransportThreats.All)),
        ("Tenancy", Lines(TenancyThreats.All)),
        ("Data", Lines(DataThreats.All)),
        ("Logging", Lines(LoggingThreats.All)),
        ("Sandbox", Lines(SandboxThreats.All)),
        ("Egress", Lines(EgressThreats.All)),
        ("Process", Lines(ProcessThreats.All)),
    ];

    [Fact]
    public void Page_ListsEveryThreat_AndNoOther()
    {
        var expected = Groups.SelectMany(group => group.Threats.Select(
            threat => $"| {group.Group} | {threat.Name} | `{threat.Control}` |"));
        var table = File.ReadAllLines(Path.Combine(Root(), "docs/security.md"))
            .SkipWhile(line => line != "| group | threat | control that is taken out |")
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'));

        Assert.Equal(expected, table);
    }

    [Fact]
    public void Threat_IsNamedOnce() =>
        Assert.Distinct(Groups.SelectMany(group => group.Threats.Select(threat => threat.Name)));

    private static IEnumerable<(string Name, string Control)> Lines(IEnumerable<Threat> threats) =>
        threats.Select(threat => (threat.Name, threat.Control));

    private static IEnumerable<(string Name, string Control)> Lines(IEnumerable<JailThreat> threats) =>
        threats.Select(threat => (threat.Name, threat.Control));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Smcp.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
