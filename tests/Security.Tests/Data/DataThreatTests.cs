namespace Smcp.Threats;

/// <summary>Group Data: what somebody gets who has the disk.</summary>
public sealed class DataThreatTests : ThreatSuite
{
    public static TheoryData<string> Names => NamesOf(DataThreats.All);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Threat_IsHeld(string name) => AssertHeldAsync(DataThreats.All, name);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Threat_IsNotHeld_WithoutItsControl(string name) =>
        AssertNeedsItsControlAsync(DataThreats.All, name);
}
