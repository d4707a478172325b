namespace Smcp.Servers.Deploying;

/// <summary>Which version serves whom, after each change.</summary>
public sealed class VersionTableTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Now.AddHours(1);

    [Fact]
    public void Version_ServesNobody_BeforeItIsActivated() => Assert.Equal("Idle Idle", Show(Of(2)));

    [Fact]
    public void Activation_LetsTheOneBeforeDrain_UntilItsTimeIsOver()
    {
        var table = Of(2).Activate(1, Later).Activate(2, Later);

        Assert.Equal("Draining Active", Show(table));
        Assert.Equal("Idle Active", Show(table, Later));
    }

    [Fact]
    public void Activation_OfAnOlderOne_IsTheWayBack() =>
        Assert.Equal("Active Draining", Show(Of(2).Activate(1, Later).Activate(2, Later).Activate(1, Later)));

    [Fact]
    public void Activation_Again_ChangesNothing() =>
        Assert.Equal("Active Idle", Show(Of(2).Activate(1, Later).Activate(1, Later)));

    [Fact]
    public void Canary_ServesBesideTheActiveOne_AndMayTakeItsPlace()
    {
        var canary = Of(3).Activate(1, Later).Share(2, 10, Later);

        Assert.Equal("Active Canary Idle", Show(canary));
        Assert.Equal("Active Draining Canary", Show(canary.Share(3, 50, Later)));
        Assert.Equal("Active Draining Idle", Show(canary.Share(2, 0, Later)));
        Assert.Equal("Draining Active Idle", Show(canary.Activate(2, Later)));
        Assert.Equal(0, canary.Activate(2, Later).CanaryPercent);
    }

    [Fact]
    public void Revocation_EndsAtOnce_WhateverItServed()
    {
        var table = Of(3).Activate(1, Later).Activate(2, Later).Share(3, 10, Later);

        Assert.Equal("Revoked Active Canary", Show(table.Revoke(1)));
        Assert.Equal("Draining Revoked Canary", Show(table.Revoke(2)));
        Assert.Equal("Draining Active Revoked", Show(table.Revoke(3)));
        Assert.Equal(0, table.Revoke(2).Active);
    }

    [Fact]
    public void Change_IsCounted()
    {
        var table = Of(1);
        Assert.True(table.Activate(1, Later).Revision > table.Revision);
        Assert.True(table.Revoke(1).Revision > table.Revision);
        Assert.True(table.Remove(1).Revision > table.Revision);
    }

    [Fact]
    public void Canary_ServesItsShareOfPrincipals_AndTheSameOnesAlways()
    {
        var canary = new ServerCanary { Number = 7, Percent = 20 };
        var served = Enumerable.Range(0, 10_000)
            .Count(i => canary.Serves(Identity.PrincipalId.Parse($"user:{i}")));

        Assert.InRange(served, 1_800, 2_200);
        Assert.All(Enumerable.Range(0, 100), i => Assert.True(
            !canary.Serves(Identity.PrincipalId.Parse($"user:{i}"))
            || (canary with { Percent = 30 }).Serves(Identity.PrincipalId.Parse($"user:{i}"))));
    }

    private static VersionTable Of(int versions) => Enumerable.Range(1, versions).Aggregate(
        new VersionTable(),
        (table, number) => table.Add(new VersionRow
        {
            Version = new ServerVersion
            {
                Number = number,
                Hash = $"{number}",
                Settings = new ServerSettings { Runtime = RuntimeKind.Remote },
            },
        }));

    private static string Show(VersionTable table, DateTimeOffset? at = null) =>
        string.Join(' ', table.Rows.Select(row => table.StandingOf(row, at ?? Now)));
}
