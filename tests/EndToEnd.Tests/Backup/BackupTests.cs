using System.Text;
using Smcp.EndToEnd.Crash;
using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Backup;

/// <summary>Backups of a product that serves, taken and restored by its own commands.</summary>
public sealed class BackupTests
{
    [Fact]
    public async Task Restore_HasEverythingAcknowledgedBeforeTheBackup_WhenItWasTakenUnderLoad()
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(4), TimeProvider.System);
        using var data = new DataFolder();
        using var other = new DataFolder();
        using var target = new DataFolder();
        var file = Path.Combine(other.Path, "smcp.backup");
        var effects = new EffectHistory();
        var before = new EffectHistory();
        await using (var smcp = await Standalone.StartAsync(data.Path))
        {
            using var first = new CountingClient("first", before);
            await first.OpenAsync(smcp, late.Token);
            await first.WorkAsync(smcp, 40, late.Token);
            using var loads = new CountingClient("load", effects);
            await loads.OpenAsync(smcp, late.Token);
            var load = loads.WorkAsync(smcp, 150, late.Token);

            await BackupProgram.RunAsync(0, "Backed up the whole store", "backup", file, "--data", data.Path);

            await load;
            Assert.True(effects.Acknowledged > 0);
        }

        AssertHasNoClearText(file);
        BackupProgram.BringKey(data.Path, target.Path);
        await BackupProgram.RunAsync(0, "Restored the whole store", "restore", file, "--data", target.Path);
        await using var restored = await Standalone.StartAsync(target.Path);
        using var reader = new CountingClient("reader", new EffectHistory());
        await reader.OpenAsync(restored, late.Token);
        var present = await reader.HistoryAsync(restored, late.Token);
        Assert.True(before.Acknowledged > 0);
        Assert.DoesNotContain(before.Violations(present), wrong => wrong.StartsWith("lost", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Drill_SaysWhatIsWhole_AndRefusesWhatWasChanged()
    {
        using var data = new DataFolder();
        using var other = new DataFolder();
        var file = Path.Combine(other.Path, "smcp.backup");
        await using (await Standalone.StartAsync(data.Path))
        {
            await BackupProgram.RunAsync(0, "Backed up", "backup", file, "--data", data.Path);
            await BackupProgram.RunAsync(1, "exists already", "backup", file, "--data", data.Path);
        }

        var run = await BackupProgram.RunAsync(0, "The backup is whole", "restore-drill", file, "--data", data.Path);
        Assert.Contains("answered 200", run.Output, StringComparison.Ordinal);

        var whole = await File.ReadAllBytesAsync(file);
        await RefuseAsync(whole[..^1], data.Path);
        whole[^100] ^= 1;
        await RefuseAsync(whole, data.Path);
    }

    [Fact]
    public async Task Restore_RefusesWithASentence_WhenTheFolderOrTheKeyIsNotRight()
    {
        using var data = new DataFolder();
        using var other = new DataFolder();
        var file = Path.Combine(other.Path, "smcp.backup");
        await using (await Standalone.StartAsync(data.Path))
        {
            await BackupProgram.RunAsync(0, "Backed up", "backup", file, "--data", data.Path);
        }

        await BackupProgram.RunAsync(1, "is not empty", "restore", file, "--data", data.Path);
        await BackupProgram.RunAsync(
            1, "master key is not at", "restore", file, "--data", Path.Combine(other.Path, "new"));
        await using (await Standalone.StartAsync(Path.Combine(other.Path, "stranger")))
        {
            // Made its own master key.
        }

        var stranger = Path.Combine(other.Path, "stranger", "master.key");
        var fresh = Path.Combine(other.Path, "new");
        await BackupProgram.RunAsync(
            1, "another master key", "restore", file, "--data", fresh, "--master-key", stranger);
        await BackupProgram.RunAsync(
            1, "holds no store", "backup", Path.Combine(other.Path, "b"), "--data", other.Path);
        Assert.Empty(Directory.EnumerateFiles(other.Path, "b*"));
        var none = Path.Combine(other.Path, "none");
        await BackupProgram.RunAsync(
            1, "There is no folder", "backup", Path.Combine(none, "b"), "--data", data.Path);
        await BackupProgram.RunAsync(
            1, "There is no folder", "backup", Path.Combine(other.Path, "b"), "--data", none);
    }

    [Fact]
    public async Task Restore_PutsATenantIntoAnotherInstallation_ByItsPassphraseOnly()
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(3), TimeProvider.System);
        using var data = new DataFolder();
        using var other = new DataFolder();
        var file = Path.Combine(other.Path, "default.backup");
        var passphrase = Path.Combine(other.Path, "passphrase");
        await File.WriteAllTextAsync(passphrase, "correct horse battery\n", late.Token);
        var wrong = Path.Combine(other.Path, "wrong");
        await File.WriteAllTextAsync(wrong, "another passphrase\n", late.Token);
        var effects = new EffectHistory();
        await using (var smcp = await Standalone.StartAsync(data.Path))
        {
            using var client = new CountingClient("c", effects);
            await client.OpenAsync(smcp, late.Token);
            await client.WorkAsync(smcp, 30, late.Token);
            await BackupProgram.RunAsync(
                0, "the tenant default", "backup", file, "--data", data.Path,
                "--tenant", "default", "--passphrase-file", passphrase);
        }

        var target = Path.Combine(other.Path, "target");
        string[] into = ["restore", file, "--data", target, "--tenant"];
        await BackupProgram.RunAsync(1, "sealed with a passphrase", [.. into, "default"]);
        await BackupProgram.RunAsync(1, "passphrase is not the one", [.. into, "default", "--passphrase-file", wrong]);
        await BackupProgram.RunAsync(1, "under its own id only", [.. into, "acme", "--passphrase-file", passphrase]);
        await BackupProgram.RunAsync(0, "Restored the tenant", [.. into, "default", "--passphrase-file", passphrase]);
        await BackupProgram.RunAsync(1, "is here already", [.. into, "default", "--passphrase-file", passphrase]);
        await BackupProgram.RunAsync(
            0, "Restored the tenant", [.. into, "default", "--passphrase-file", passphrase, "--replace"]);

        await using var restored = await Standalone.StartAsync(target);
        using var reader = new CountingClient("reader", new EffectHistory());
        await reader.OpenAsync(restored, late.Token);
        var lost = effects.Violations(await reader.HistoryAsync(restored, late.Token));
        Assert.True(effects.Acknowledged > 0);
        Assert.DoesNotContain(lost, effect => effect.StartsWith("lost", StringComparison.Ordinal));
    }

    private static async Task RefuseAsync(byte[] bytes, string data)
    {
        using var folder = new DataFolder();
        var changed = Path.Combine(folder.Path, "changed");
        await File.WriteAllBytesAsync(changed, bytes);
        var run = await BackupProgram.RunAsync(
            1, "smcp: The backup is damaged", "restore-drill", changed, "--data", data);
        Assert.Single(run.Errors.Trim().Split('\n'));
    }

    /// <summary>Names stand in clear in a store's tables, and nothing does in a backup.</summary>
    private static void AssertHasNoClearText(string file)
    {
        var bytes = File.ReadAllBytes(file);
        Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes("first-")));
        Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes("server-state")));
    }
}
