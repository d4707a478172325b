namespace Smcp.Threats;

/// <summary>Group Process: a program that a tenant deployed, against the host and its neighbours.</summary>
[Collection(JailSitesCollection.Name)]
public sealed class ProcessThreatTests(JailSites sites) : JailThreatSuite(sites)
{
    public static TheoryData<string> Names => NamesOf(ProcessThreats.All);

    [JailTheory]
    [MemberData(nameof(Names))]
    public Task Threat_IsHeld(string name) => AssertHeldAsync(ProcessThreats.All, name);

    [JailTheory]
    [MemberData(nameof(Names))]
    public Task Threat_IsNotHeld_WithoutItsControl(string name) =>
        AssertNeedsItsControlAsync(ProcessThreats.All, name);
}
