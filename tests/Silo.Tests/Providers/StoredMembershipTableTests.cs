using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Messaging;
using Smcp.TestSupport;

namespace Smcp.Providers;

/// <summary>What Orleans asks of a membership table.</summary>
public sealed class StoredMembershipTableTests
{
    private static readonly DateTime Start = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private readonly InMemoryGrainStorage _storage = new();
    private readonly IMembershipTable _table;

    public StoredMembershipTableTests() => _table = NewTable("one");

    [Fact]
    public async Task Table_IsEmptyAndHasAVersion_AtFirst()
    {
        await _table.InitializeMembershipTable(true);

        var data = await _table.ReadAll();

        Assert.Empty(data.Members);
        Assert.Equal(0, data.Version.Version);
    }

    [Fact]
    public async Task Row_IsReadAsItWasInserted()
    {
        var entry = NewEntry(1);
        entry.AddSuspector(NewEntry(2).SiloAddress, Start.AddMinutes(1));
        Assert.True(await _table.InsertRow(entry, (await _table.ReadAll()).Version.Next()));

        var data = await _table.ReadRow(entry.SiloAddress);

        var (read, _) = Assert.Single(data.Members);
        Assert.Equal(1, data.Version.Version);
        Assert.Equal(
            (entry.SiloAddress, entry.Status, entry.ProxyPort, entry.HostName, entry.SiloName, entry.StartTime),
            (read.SiloAddress, read.Status, read.ProxyPort, read.HostName, read.SiloName, read.StartTime));
        Assert.Equal(entry.SuspectTimes, read.SuspectTimes);
    }

    [Fact]
    public async Task Insert_FailsAndChangesNothing_WhenTheVersionIsStaleOrTheRowStands()
    {
        var first = (await _table.ReadAll()).Version;
        Assert.True(await _table.InsertRow(NewEntry(1), first.Next()));

        Assert.False(await _table.InsertRow(NewEntry(2), first.Next()));
        Assert.False(await _table.InsertRow(NewEntry(1), (await _table.ReadAll()).Version.Next()));

        Assert.Single((await _table.ReadAll()).Members);
    }

    [Fact]
    public async Task Update_NeedsTheTagOfTheRowAndOfTheTable()
    {
        await _table.InsertRow(NewEntry(1), (await _table.ReadAll()).Version.Next());
        var before = await _table.ReadAll();
        var tag = before.Members[0].Item2;
        var dead = NewEntry(1);
        dead.Status = SiloStatus.Dead;

        Assert.False(await _table.UpdateRow(dead, tag + "0", before.Version.Next()));
        Assert.False(await _table.UpdateRow(NewEntry(2), tag, before.Version.Next()));
        Assert.True(await _table.UpdateRow(dead, tag, before.Version.Next()));
        Assert.False(await _table.UpdateRow(dead, tag, before.Version.Next()));

        var after = await _table.ReadAll();
        Assert.Equal(SiloStatus.Dead, after.Members[0].Item1.Status);
        Assert.Equal(before.Version.Version + 1, after.Version.Version);
    }

    [Fact]
    public async Task Alive_ChangesNeitherVersionNorTag()
    {
        await _table.InsertRow(NewEntry(1), (await _table.ReadAll()).Version.Next());
        var before = await _table.ReadAll();
        var alive = NewEntry(1);
        alive.IAmAliveTime = Start.AddHours(1);

        await _table.UpdateIAmAlive(alive);

        var after = await _table.ReadAll();
        Assert.Equal(before.Version, after.Version);
        Assert.Equal(before.Members[0].Item2, after.Members[0].Item2);
        Assert.Equal(alive.IAmAliveTime, after.Members[0].Item1.IAmAliveTime);
    }

    [Fact]
    public async Task Inserts_AllHappen_WhenManySilosStartTogether()
    {
        await Task.WhenAll(Enumerable.Range(1, 20).Select(async number =>
        {
            IMembershipTable table = NewTable("one");
            while (!await table.InsertRow(NewEntry(number), (await table.ReadAll()).Version.Next()))
            {
            }
        }));

        var data = await _table.ReadAll();
        Assert.Equal(20, data.Members.Count);
        Assert.Equal(20, data.Version.Version);
    }

    [Fact]
    public async Task Cleanup_RemovesTheDeadOfLongAgoOnly()
    {
        foreach (var (number, status) in ((int, SiloStatus)[])[(1, SiloStatus.Dead), (2, SiloStatus.Active)])
        {
            var entry = NewEntry(number);
            entry.Status = status;
            await _table.InsertRow(entry, (await _table.ReadAll()).Version.Next());
        }

        await _table.CleanupDefunctSiloEntries(Start.AddMinutes(-1));
        Assert.Equal(2, (await _table.ReadAll()).Members.Count);

        await _table.CleanupDefunctSiloEntries(Start.AddMinutes(1));
        Assert.Equal(SiloStatus.Active, Assert.Single((await _table.ReadAll()).Members).Item1.Status);
    }

    [Fact]
    public async Task Clusters_AreApart_InOneStore()
    {
        await _table.InsertRow(NewEntry(1), (await _table.ReadAll()).Version.Next());
        IMembershipTable other = NewTable("two");

        Assert.Empty((await other.ReadAll()).Members);
        await other.DeleteMembershipTableEntries("one");

        Assert.Empty((await _table.ReadAll()).Members);
    }

    [Fact]
    public async Task Gateways_AreTheActiveSilosThatHaveAPort()
    {
        var silent = NewEntry(2);
        silent.ProxyPort = 0;
        var dead = NewEntry(3);
        dead.Status = SiloStatus.Dead;
        foreach (var entry in (MembershipEntry[])[NewEntry(1), silent, dead])
        {
            await _table.InsertRow(entry, (await _table.ReadAll()).Version.Next());
        }

        IGatewayListProvider list = new StoredGatewayList(
            _storage,
            Options.Create(new ClusterOptions { ClusterId = "one" }),
            Options.Create(new GatewayOptions()),
            TimeProvider.System);

        Assert.Equal(["gwy.tcp://10.0.0.1:30000/7"], (await list.GetGateways()).Select(uri => uri.OriginalString));
    }

    private StoredMembershipTable NewTable(string cluster) => new(
        _storage, Options.Create(new ClusterOptions { ClusterId = cluster }), TimeProvider.System);

    private static MembershipEntry NewEntry(int number) => new()
    {
        SiloAddress = SiloAddress.New(IPAddress.Parse($"10.0.0.{number}"), 11111, 7),
        Status = SiloStatus.Active,
        ProxyPort = 30000,
        HostName = "host",
        SiloName = $"silo-{number}",
        StartTime = Start,
        IAmAliveTime = Start,
    };
}
