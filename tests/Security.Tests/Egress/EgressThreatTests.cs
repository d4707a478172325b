namespace Smcp.Threats;

/// <summary>Group Egress: what gets out to where nobody let it, by a program in a jail or a server elsewhere.</summary>
[Collection(JailSitesCollection.Name)]
public sealed class EgressThreatTests(JailSites sites) : JailThreatSuite(sites)
{
    public static TheoryData<string> Names => NamesOf(EgressThreats.All);

    [JailTheory]
    [MemberData(nameof(Names))]
    public Task Threat_IsHeld(string name) => AssertHeldAsync(EgressThreats.All, name);

    [JailTheory]
    [MemberData(nameof(Names))]
    public Task Threat_IsNotHeld_WithoutItsControl(string name) =>
        AssertNeedsItsControlAsync(EgressThreats.All, name);
}
