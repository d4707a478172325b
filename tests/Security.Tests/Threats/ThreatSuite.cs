namespace Smcp.Threats;

/// <summary>
/// Holds the threats of one group both ways: each attack fails, and each succeeds as soon as its control is taken out.
/// So a suite whose control was lost would fail.
/// </summary>
public abstract class ThreatSuite
{
    /// <summary>The names of the threats, for a theory.</summary>
    private protected static TheoryData<string> NamesOf(IEnumerable<Threat> threats)
    {
        var names = new TheoryData<string>();
        foreach (var threat in threats)
        {
            names.Add(threat.Name);
        }

        return names;
    }

    private protected static async Task AssertHeldAsync(IEnumerable<Threat> threats, string name)
    {
        var threat = threats.Single(t => t.Name == name);

        Assert.False(await threat.Attack(Removal.None), $"\"{name}\" succeeded, though {threat.Control} is there.");
    }

    private protected static async Task AssertNeedsItsControlAsync(IEnumerable<Threat> threats, string name)
    {
        var threat = threats.Single(t => t.Name == name);
        using var entered = threat.Removal.Enter();

        Assert.True(
            await threat.Attack(threat.Removal),
            $"\"{name}\" fails without {threat.Control} too: the attack proves nothing, or another control stops it.");
    }
}
