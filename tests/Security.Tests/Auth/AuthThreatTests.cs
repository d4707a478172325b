namespace Smcp.Threats;

/// <summary>Group Auth: codes, tokens, keys, passwords, and what is fetched for clients.</summary>
[Collection(RunsAloneCollection.Name)]
public sealed class AuthThreatTests : ThreatSuite
{
    public static TheoryData<string> Names => NamesOf(AuthThreats.All);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Threat_IsHeld(string name) => AssertHeldAsync(AuthThreats.All, name);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Threat_IsNotHeld_WithoutItsControl(string name) => AssertNeedsItsControlAsync(AuthThreats.All, name);
}
