using System.Text;
using Smcp.Identity;
using Smcp.Security.Encryption.Upkeep;
using Smcp.Storage;
using Smcp.Storage.Snapshots;

namespace Smcp.Security.Encryption.Backup;

/// <summary>Whole backups and tenants' backups of a store, opened, changed, and taken in.</summary>
public sealed class BackupArchiveTests : IAsyncLifetime, IDisposable
{
    private static readonly TenantId Acme = TenantId.Parse("acme");
    private static readonly StateAddress Row = new("thing", "acme/one", "state");

    private readonly string _folder = Directory.CreateTempSubdirectory("smcp-backup-").FullName;
    private readonly SqliteEncryptedStore _source = new();

    private string Copy => Path.Combine(_folder, "copy");

    private string Backup => Path.Combine(_folder, "backup");

    private IBackupArchive Archive => _source.Node.Get<IBackupArchive>();

    public async Task InitializeAsync()
    {
        await _source.Node.States.WriteAsync(Row, "canary-of-acme"u8.ToArray(), 0, default);
        await _source.Node.States.WriteAsync(Row with { GrainKey = "other/one" }, "other"u8.ToArray(), 0, default);
        await _source.Node.Logs.AppendAsync("session/acme/a", 1, ["canary-record"u8.ToArray()], default);
        await _source.Node.FlushAsync();
    }

    public async Task DisposeAsync()
    {
        Dispose();
        await Task.CompletedTask;
        Directory.Delete(_folder, recursive: true);
    }

    public void Dispose() => _source.Dispose();

    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    [InlineData(60)]
    [InlineData(-1)]
    [InlineData(-5000)]
    public async Task Extract_IsRefused_WhenAByteWasChanged(int at)
    {
        await BackUpAsync(null);
        var bytes = await File.ReadAllBytesAsync(Backup);
        bytes[at < 0 ? bytes.Length + at : at] ^= 1;
        await File.WriteAllBytesAsync(Backup, bytes);

        await Assert.ThrowsAsync<BackupException>(OpenAndExtractAsync);
        Assert.False(File.Exists(Extracted));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-1)]
    [InlineData(-16)]
    [InlineData(-3000)]
    public async Task Extract_IsRefused_WhenTheFileWasCut(int at)
    {
        await BackUpAsync(null);
        var bytes = await File.ReadAllBytesAsync(Backup);
        await File.WriteAllBytesAsync(Backup, bytes[..(at < 0 ? bytes.Length + at : at)]);

        await Assert.ThrowsAsync<BackupException>(OpenAndExtractAsync);
    }

    [Fact]
    public async Task Extract_GivesWhatWasSealed_AndTheFileSaysNothingInClear()
    {
        await BackUpAsync(null);

        await OpenAndExtractAsync();

        Assert.Equal(await File.ReadAllBytesAsync(Copy), await File.ReadAllBytesAsync(Extracted));
        var sealedBytes = await File.ReadAllBytesAsync(Backup);
        Assert.Equal(-1, sealedBytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes("acme")));
        Assert.Equal(-1, sealedBytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes("canary")));
    }

    [Fact]
    public async Task Write_LeavesNothingUnderTheName_WhenItIsCancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        SqliteSnapshot.CopyAll(_source.Folder, Copy);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Archive.WriteAsync(
            new BackupContent { Schema = 3, Rings = [] }, Copy, Backup, null, cancelled.Token));

        Assert.Equal([Copy], Directory.EnumerateFiles(_folder));
    }

    [Fact]
    public async Task Merge_BringsATenant_ToAnInstallationOfAnotherMasterKey()
    {
        await BackUpAsync(Acme);
        await using var target = new SqliteEncryptedStore();

        await TakeInAsync(target, replaces: false);

        Assert.Equal("canary-of-acme"u8.ToArray(), (await target.Node.States.ReadAsync(Row, default))!.Payload.ToArray());
        Assert.Equal(
            "canary-record"u8.ToArray(),
            Assert.Single(await target.Node.Logs.ReadAsync("session/acme/a", 0, 9, default)).Payload.ToArray());
        Assert.Null(await target.Node.States.ReadAsync(Row with { GrainKey = "other/one" }, default));
        Assert.Empty((await target.Node.Get<IStoreVerifier>().VerifyAsync(default)).Problems);
    }

    [Fact]
    public async Task Admit_IsRefused_WhenTheTenantIsThere_UnlessItIsReplaced()
    {
        await BackUpAsync(Acme);
        await using var target = new SqliteEncryptedStore();
        await target.Node.States.WriteAsync(Row with { GrainKey = "acme/two" }, "new"u8.ToArray(), 0, default);

        await Assert.ThrowsAsync<BackupException>(() => TakeInAsync(target, replaces: false));
        await TakeInAsync(target, replaces: true);

        Assert.NotNull(await target.Node.States.ReadAsync(Row, default));
        Assert.Null(await target.Node.States.ReadAsync(Row with { GrainKey = "acme/two" }, default));
    }

    [Fact]
    public async Task Admit_IsRefused_WhenTheTenantWasDestroyed()
    {
        await BackUpAsync(Acme);
        await _source.Node.Get<IKeyAdministration>().DestroyTenantKeysAsync(Acme, default);

        var refusal = await Assert.ThrowsAsync<BackupException>(() => TakeInAsync(_source, replaces: true));

        Assert.Contains("stays gone", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_DoesNotOpen_WhenItIsPutUnderAnotherTenant()
    {
        await BackUpAsync(Acme);
        await using var target = new SqliteEncryptedStore();
        await TakeInAsync(target, replaces: false);
        var raw = new SqliteGrainStorage(target.Store);
        var stolen = (await raw.ReadAsync(Row, default))!;
        await target.Node.States.WriteAsync(Row with { GrainKey = "thief/own" }, "own"u8.ToArray(), 0, default);
        await raw.WriteAsync(Row with { GrainKey = "thief/one" }, stolen.Payload, 0, default);

        await Assert.ThrowsAsync<StorageUnavailableException>(
            async () => await target.Node.States.ReadAsync(Row with { GrainKey = "thief/one" }, default));
    }

    private string Extracted => Path.Combine(_folder, "extracted");

    private async Task OpenAndExtractAsync() =>
        await Archive.ExtractAsync(await Archive.OpenAsync(Backup, null, default), Extracted, default);

    private async Task BackUpAsync(TenantId? tenant)
    {
        if (tenant is { } one)
        {
            SqliteSnapshot.CopyPart(
                _source.Folder,
                Copy,
                address => Archive.IsOf(one, address) || address == Archive.RingOf(one),
                log => Archive.IsLogOf(one, log));
        }
        else
        {
            SqliteSnapshot.CopyAll(_source.Folder, Copy);
        }

        await Archive.WriteAsync(
            new BackupContent
            {
                Tenant = tenant,
                Schema = SqliteSnapshot.SchemaVersion,
                Rings = SqliteSnapshot.ReadStates(Copy, Archive.RingType),
            },
            Copy,
            Backup,
            tenant is null ? null : "correct horse battery",
            default);
    }

    private async Task TakeInAsync(SqliteEncryptedStore target, bool replaces)
    {
        var archive = target.Node.Get<IBackupArchive>();
        var backup = await archive.OpenAsync(Backup, "correct horse battery", default);
        var ring = await target.Node.Get<IBackupAdmission>().AdmitAsync(backup, replaces, default);
        await archive.ExtractAsync(backup, Extracted, default);
        await target.ReopenAsync(() => SqliteSnapshot.Merge(
            Extracted,
            target.Folder,
            address => archive.IsOf(Acme, address),
            log => archive.IsLogOf(Acme, log),
            archive.RingOf(Acme),
            ring));
    }
}
