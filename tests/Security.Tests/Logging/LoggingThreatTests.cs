namespace Smcp.Threats;

/// <summary>Group Logging: what gets into a log, how much, and who reads it.</summary>
public sealed class LoggingThreatTests : ThreatSuite
{
    public static TheoryData<string> Names => NamesOf(LoggingThreats.All);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Threat_IsHeld(string name) => AssertHeldAsync(LoggingThreats.All, name);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Threat_IsNotHeld_WithoutItsControl(string name) =>
        AssertNeedsItsControlAsync(LoggingThreats.All, name);
}
