namespace Smcp.Threats;

/// <summary>Group Transport: what is refused before a message is looked at, and what is too much.</summary>
public sealed class TransportThreatTests : ThreatSuite
{
    public static TheoryData<string> Names => NamesOf(TransportThreats.All);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Threat_IsHeld(string name) => AssertHeldAsync(TransportThreats.All, name);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Threat_IsNotHeld_WithoutItsControl(string name) =>
        AssertNeedsItsControlAsync(TransportThreats.All, name);
}
