namespace Smcp.Threats;

/// <summary>
/// Holds the threats of one group both ways, as <see cref="ThreatSuite"/> does, where the attacker is code that a
/// tenant deployed.
/// </summary>
public abstract class JailThreatSuite(JailSites sites)
{
    private protected static TheoryData<string> NamesOf(IEnumerable<JailThreat> threats) =>
        [.. threats.Select(threat => threat.Name)];

    private protected async Task AssertHeldAsync(IEnumerable<JailThreat> threats, string name)
    {
        var threat = threats.Single(t => t.Name == name);
        var site = await sites.WithoutAsync(Removal.None);

        Assert.False(
            await threat.Attack(site), $"\"{name}\" succeeded, though {threat.Control} is there. {site.LastAnswer}");
    }

    private protected async Task AssertNeedsItsControlAsync(IEnumerable<JailThreat> threats, string name)
    {
        var threat = threats.Single(t => t.Name == name);
        var site = await sites.WithoutAsync(threat.Removal);

        Assert.True(
            await threat.Attack(site),
            $"\"{name}\" fails without {threat.Control} too: the attack proves nothing, or another control stops it. "
                + site.LastAnswer);
    }
}
