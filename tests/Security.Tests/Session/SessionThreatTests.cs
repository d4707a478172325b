namespace Smcp.Threats;

/// <summary>Group Session: whose a session, its streams and its states are, and for how long.</summary>
public sealed class SessionThreatTests : ThreatSuite
{
    public static TheoryData<string> Names => NamesOf(SessionThreats.All);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Threat_IsHeld(string name) => AssertHeldAsync(SessionThreats.All, name);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Threat_IsNotHeld_WithoutItsControl(string name) =>
        AssertNeedsItsControlAsync(SessionThreats.All, name);
}
