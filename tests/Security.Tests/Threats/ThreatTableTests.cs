namespace Smcp.Threats;

/// <summary>The page of security lists exactly the threats that are tested, with the control of each.</summary>
public sealed class ThreatTableTests
{
    private static readonly (string Group, IReadOnlyList<Threat> Threats)[] Groups =
    [
        ("Auth", AuthThreats.All),
        ("Session", SessionThreats.All),
        ("Transport", TransportThreats.All),
        ("Tenancy", TenancyThreats.All),
        ("Data", DataThreats.All),
        ("Logging", LoggingThreats.All),
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
