using System.Text.Json.Nodes;
using Smcp.EndToEnd.Crash;
using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Backup;

/// <summary>An installation with tenants, keys, users and sessions comes back, and one tenant of it.</summary>
public sealed class InstallationTests : IDisposable
{
    private const string KeysNeeded = "--Smcp:CSharp:Access=Tenant";

    private readonly CancellationTokenSource _late = new(TimeSpan.FromMinutes(4), TimeProvider.System);
    private readonly DataFolder _data = new();
    private readonly DataFolder _other = new();
    private CountingClient? _client;

    private string Backup => Path.Combine(_other.Path, "smcp.backup");

    [Fact]
    public async Task Restore_BringsSessionsKeysUsersAndAuditBack()
    {
        var effects = new EffectHistory();
        var later = new EffectHistory();
        string key;
        string user;
        var target = Path.Combine(_other.Path, "target");
        await using (var smcp = await StartAsync(_data.Path))
        {
            using var admin = AdminOf(smcp);
            key = await admin.ProvisionAsync("acme");
            user = await admin.InviteAsync("acme", "dora");
            var calls = await admin.KeyAsync("default", "mcp:read mcp:tools");
            _client = new CountingClient("first", effects, calls);
            await _client.OpenAsync(smcp, _late.Token);
            await _client.WorkAsync(smcp, 30, _late.Token);
            using var writer = new CountingClient("later", later, calls);
            await writer.OpenAsync(smcp, _late.Token);
            var writing = writer.WorkAsync(smcp, 100, _late.Token);
            await BackupProgram.RunAsync(0, "Backed up the whole store", "backup", Backup, "--data", _data.Path);
            await writing;
            await smcp.KillAsync();
        }

        BackupProgram.BringKey(_data.Path, target);
        await BackupProgram.RunAsync(0, "Restored the whole store", "restore", Backup, "--data", target);
        await using var restored = await StartAsync(target);
        var history = await _client.HistoryAsync(restored, _late.Token);
        Assert.Equal(30, effects.Acknowledged);
        Assert.DoesNotContain(effects.Violations(history), wrong => wrong.StartsWith("lost", StringComparison.Ordinal));
        using var ofAcme = new Administration(restored, key);
        Assert.Equal([user], await ofAcme.UsersAsync("acme"));
        using var again = AdminOf(restored);
        await AssertAuditIsWholeAsync(again, "acme");
        await AssertAuditIsWholeAsync(again, "platform");
        using var stranger = new CountingClient("nobody", new EffectHistory());
        await Assert.ThrowsAsync<HttpRequestException>(() => stranger.OpenAsync(restored, _late.Token));
    }

    [Fact]
    public async Task Restore_LeavesATenantGone_WhenItWasDeletedAfterTheBackup()
    {
        string key;
        var only = Backup + ".acme";
        await using (var smcp = await StartAsync(_data.Path))
        {
            using var admin = AdminOf(smcp);
            key = await admin.ProvisionAsync("acme");
            await admin.InviteAsync("acme", "dora");
            await BackupProgram.RunAsync(0, "Backed up", "backup", Backup, "--data", _data.Path);
            await BackupProgram.RunAsync(0, "Backed up", "backup", only, "--data", _data.Path, "--tenant", "acme");
            await admin.DoAsync("DELETE", "tenants/acme");
            await smcp.StopAsync(TimeSpan.FromSeconds(60));
        }

        await BackupProgram.RunAsync(
            1, "it stays gone", "restore", only, "--data", _data.Path, "--tenant", "acme", "--replace");
        await BackupProgram.RunAsync(
            1, "it stays gone", "restore-drill", only, "--data", _data.Path, "--tenant", "acme");
        await BackupProgram.RunAsync(0, "it stays gone", "restore-drill", Backup, "--data", _data.Path);
        var target = Path.Combine(_other.Path, "target");
        BackupProgram.BringKey(_data.Path, target);
        await BackupProgram.RunAsync(
            0, "The keys of acme were destroyed after the backup was made", "restore", Backup, "--data", target,
            "--deletions", Path.Combine(_data.Path, "deletions.log"));

        await using var restored = await StartAsync(target);
        using var again = AdminOf(restored);
        var keys = await again.DoAsync("GET", "tenants/acme/encryption");
        Assert.True(keys!["isDestroyed"]!.GetValue<bool>());
        using var ofAcme = new Administration(restored, key);
        Assert.NotEqual(200, (await ofAcme.AskAsync("GET", "tenants/acme/users")).Status);
        await AssertAuditIsWholeAsync(again, "acme");
    }

    [Fact]
    public async Task Restore_PutsOneTenantBack_AndLeavesTheOthersAlone()
    {
        string key;
        string dora;
        string eve;
        string robot;
        var effects = new EffectHistory();
        string calls;
        await using (var smcp = await StartAsync(_data.Path))
        {
            using var admin = AdminOf(smcp);
            key = await admin.ProvisionAsync("acme");
            await admin.ProvisionAsync("other");
            calls = await admin.KeyAsync("default", "mcp:read mcp:tools");
            dora = await admin.InviteAsync("acme", "dora");
            robot = await RegisterAsync(admin);
            await BackupProgram.RunAsync(
                0, "Backed up the tenant acme", "backup", Backup, "--data", _data.Path, "--tenant", "acme");
            await IsRecordedAsync(admin, "platform", "backup.made");
            await IsRecordedAsync(admin, "acme", "backup.made");
            await admin.DoAsync("DELETE", $"tenants/acme/clients/{robot}");
            await RegisterAsync(admin);
            await admin.InviteAsync("acme", "later");
            eve = await admin.InviteAsync("other", "eve");
            using var client = new CountingClient("first", effects, calls);
            await client.OpenAsync(smcp, _late.Token);
            await client.WorkAsync(smcp, 20, _late.Token);
            await BackupProgram.RunAsync(
                1, "Another Smcp process", "restore", Backup, "--data", _data.Path, "--tenant", "acme", "--replace");
            await smcp.StopAsync(TimeSpan.FromSeconds(60));
        }

        await BackupProgram.RunAsync(
            0, "The backup is whole", "restore-drill", Backup, "--data", _data.Path, "--tenant", "acme");
        await BackupProgram.RunAsync(
            1, "is here already", "restore", Backup, "--data", _data.Path, "--tenant", "acme");
        await BackupProgram.RunAsync(
            0, "Restored the tenant acme", "restore", Backup, "--data", _data.Path, "--tenant", "acme", "--replace");

        await using var restored = await StartAsync(_data.Path);
        using var again = AdminOf(restored);
        using var ofAcme = new Administration(restored, key);
        Assert.Equal([dora], await ofAcme.UsersAsync("acme"));
        Assert.Equal([eve], await again.UsersAsync("other"));
        using var reader = new CountingClient("reader", new EffectHistory(), calls);
        await reader.OpenAsync(restored, _late.Token);
        Assert.Empty(effects.Violations(await reader.HistoryAsync(restored, _late.Token)));
        var clients = (await ofAcme.DoAsync("GET", "tenants/acme/clients"))!["items"]!.AsArray();
        Assert.Equal(robot, Assert.Single(clients)!["id"]!.GetValue<string>());
        foreach (var action in (string[])["backup.made", "backup.drilled", "backup.restored"])
        {
            await IsRecordedAsync(again, "platform", action);
            await IsRecordedAsync(again, "acme", action);
        }

        await AssertAuditIsWholeAsync(again, "acme");
        await AssertAuditIsWholeAsync(again, "other");
    }

    public void Dispose()
    {
        _client?.Dispose();
        _late.Dispose();
        _data.Dispose();
        _other.Dispose();
    }

    private static Task<Standalone> StartAsync(string folder) =>
        Standalone.StartAsync(folder, [KeysNeeded, "--Smcp:NotesPeriod=00:00:00.200"]);

    private static async Task<string> RegisterAsync(Administration admin) =>
        (await admin.DoAsync(
            "POST", "tenants/acme/clients", """{"name":"robot","authentication":"secretPost","roles":["mcp-user"]}"""))!
        ["client"]!["id"]!.GetValue<string>();

    /// <summary>It is recorded a moment after it was done.</summary>
    private async Task IsRecordedAsync(Administration admin, string tenant, string action)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        while ((await admin.DoAsync("GET", $"tenants/{tenant}/audit?action={action}"))!["items"]!.AsArray().Count == 0)
        {
            Assert.True(await ticks.WaitForNextTickAsync(_late.Token), $"{action} of {tenant} was not recorded.");
        }
    }

    private Administration AdminOf(Standalone smcp) => new(smcp, Administration.KeyOf(_data.Path));

    private static async Task AssertAuditIsWholeAsync(Administration admin, string tenant)
    {
        var found = await admin.DoAsync("GET", $"tenants/{tenant}/audit/verification");
        Assert.True(found!["checked"]!.GetValue<long>() > 0);
        Assert.Empty(found["breaks"]?.AsArray() ?? new JsonArray());
    }
}
