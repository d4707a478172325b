namespace Smcp.Threats;

/// <summary>Group Sandbox: JavaScript that a tenant deployed, against its limits and its neighbours.</summary>
[Collection(JailSitesCollection.Name)]
public sealed class SandboxThreatTests(JailSites sites) : JailThreatSuite(sites)
{
    public static TheoryData<string> Names => NamesOf(SandboxThreats.All);

    [WorkerTheory]
    [MemberData(nameof(Names))]
    public Task Threat_IsHeld(string name) => AssertHeldAsync(SandboxThreats.All, name);

    [WorkerTheory]
    [MemberData(nameof(Names))]
    public Task Threat_IsNotHeld_WithoutItsControl(string name) =>
        AssertNeedsItsControlAsync(SandboxThreats.All, name);
}
