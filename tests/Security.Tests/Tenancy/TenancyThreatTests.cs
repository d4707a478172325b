namespace Smcp.Threats;

/// <summary>Group Tenancy: what is another tenant's, and what is too much of what all share.</summary>
public sealed class TenancyThreatTests : ThreatSuite
{
    public static TheoryData<string> Names => NamesOf(TenancyThreats.All);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Threat_IsHeld(string name) => AssertHeldAsync(TenancyThreats.All, name);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Threat_IsNotHeld_WithoutItsControl(string name) =>
        AssertNeedsItsControlAsync(TenancyThreats.All, name);
}
