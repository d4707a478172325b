namespace Smcp.Security.Audit;

/// <summary>Whoever writes in the store past us is found out.</summary>
public sealed class AuditTamperingTests
{
    [Fact]
    public async Task Verify_FindsNothing_InALogThatWasLeftAlone()
    {
        await using var host = await AuditHost.StartAsync(audit => audit.VerifyItemsMax = 300);
        await host.RecordAsync(5);
        host.Trail.Record(AuditHost.Event(AuditActions.AuthFailure, outcome: AuditOutcome.Failure));

        Assert.Empty(await host.BreaksAsync());
        await host.CrashAsync();
        await host.RecordAsync(700, from: 6);
        Assert.Empty(await host.BreaksAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task Verify_FindsARecordThatWasEdited(int sequence)
    {
        await using var host = await AuditHost.StartAsync();
        await host.RecordAsync(5);

        await host.TamperAsync(log => log[sequence - 1] = AuditHost.Replace(log[sequence - 1], "alice", "mallo"));

        Assert.Equal(sequence, (await host.BreaksAsync())[0].Sequence);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Verify_FindsARecordThatWasTakenOut(int sequence)
    {
        await using var host = await AuditHost.StartAsync();
        await host.RecordAsync(5);

        await host.TamperAsync(log => log.RemoveAt(sequence - 1));

        Assert.Equal(sequence, (await host.BreaksAsync())[0].Sequence);
    }

    [Fact]
    public async Task Verify_FindsRecordsThatChangedPlaces()
    {
        await using var host = await AuditHost.StartAsync();
        await host.RecordAsync(5);

        await host.TamperAsync(log => (log[1], log[2]) = (log[2], log[1]));

        Assert.Equal(2, (await host.BreaksAsync())[0].Sequence);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Verify_FindsThatTheEndWasCutOff(bool afterARestart)
    {
        await using var host = await AuditHost.StartAsync();
        await host.RecordAsync(5);

        await host.TamperAsync(log => log.RemoveRange(3, 2));
        if (afterARestart)
        {
            await host.CrashAsync();
            await host.RecordAsync(1, from: 6);
        }

        Assert.Equal(4, (await host.BreaksAsync())[0].Sequence);
        Assert.Equal(afterARestart ? 1 : 0, host.Stored(AuditActions.AuditBroken));
    }

    [Fact]
    public async Task Verify_FindsAForgedRecord_ThatIsChainedRightly()
    {
        await using var host = await AuditHost.StartAsync();
        await host.RecordAsync(3);
        await host.CrashAsync();

        await host.TamperAsync(log =>
        {
            AuditChain.TryUnpack(log[2], out var before, out _, out var body);
            var hash = AuditChain.Hash(before.Span, 4, body.Span);
            log.Add(AuditChain.Pack(hash, new byte[32], body.Span));
        });

        await host.RecordAsync(1, from: 9);
        Assert.Equal(4, (await host.BreaksAsync())[0].Sequence);
        Assert.Equal(1, host.Stored(AuditActions.AuditBroken));
    }

    [Fact]
    public async Task Verify_FindsAnotherTenantsLog_InPlaceOfThisOne()
    {
        await using var host = await AuditHost.StartAsync();
        await host.RecordAsync(3);
        await using var other = await AuditHost.StartAsync();
        await other.RecordAsync(3);
        var foreign = await other.Logs.ReadAsync("audit/acme", 0, 10, default);

        await host.TamperAsync(log =>
        {
            log.Clear();
            log.AddRange(foreign.Select(record => record.Payload));
        });

        Assert.NotEmpty(await host.BreaksAsync());
    }

    [Fact]
    public async Task Verify_FindsThatTheHeadIsGone()
    {
        await using var host = await AuditHost.StartAsync();
        await host.RecordAsync(3);
        await host.CrashAsync();
        foreach (var (address, state) in host.States.States.Where(row => row.Key.GrainType == "audit").ToList())
        {
            await host.States.ClearAsync(address, state.Version, default);
        }

        Assert.NotEmpty(await host.BreaksAsync());
        Assert.Equal(1, host.Stored(AuditActions.AuditBroken));
    }

    [Fact]
    public async Task Search_PassesByWhatIsNoRecord()
    {
        await using var host = await AuditHost.StartAsync();
        await host.RecordAsync(3);

        await host.TamperAsync(log => log[1] = new byte[] { 1, 2, 3 });

        Assert.Equal(["server/1", "server/3"], (await host.EventsAsync()).Select(e => e.Target));
        Assert.Equal(2, (await host.BreaksAsync())[0].Sequence);
    }
}
