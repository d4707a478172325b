using System.Text;
using System.Text.Json;
using Smcp.Identity;
using Smcp.Identity.OAuth;
using Smcp.Identity.OAuth.Clients;
using Smcp.Security.Encryption.Upkeep;
using Smcp.Storage;
using Smcp.Storage.Snapshots;
using Smcp.Tenants;
using Smcp.Wire;

namespace Smcp.Security.Encryption.Backup;

/// <summary>Whole backups and tenants' backups of a store, opened, changed, and taken in.</summary>
public sealed class BackupArchiveTests : IAsyncLifetime, IDisposable
{
    private static readonly TenantId Acme = TenantId.Parse("acme");
    private static readonly TenantId Other = TenantId.Parse("other");
    private static readonly StateAddress Row = new("thing", "acme/one", "state");

    private const string Passphrase = "correct horse battery";

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

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _source.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

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

        Assert.Equal(
            "canary-of-acme"u8.ToArray(), (await target.Node.States.ReadAsync(Row, default))!.Payload.ToArray());
        Assert.Equal(
            "canary-record"u8.ToArray(),
            Assert.Single(await target.Node.Logs.ReadAsync("session/acme/a", 0, 9, default)).Payload.ToArray());
        Assert.Null(await target.Node.States.ReadAsync(Row with { GrainKey = "other/one" }, default));
        Assert.Empty((await target.Node.Get<IStoreVerifier>().VerifyAsync(default)).Problems);
    }

    [Fact]
    public async Task Admit_IsRefused_WhenTheTenantIsThereAndIsNotReplaced()
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
    public async Task PutInForce_MakesTheTenantWhatItWas()
    {
        var before = new TenantRecord
        {
            Id = Acme,
            Status = TenantStatus.Suspended,
            Version = 1,
            Generation = 3,
            Configuration = new TenantConfiguration { DisplayName = "canary-name" },
        };
        await new RestoredTenant(_source.Node.Logs, TimeProvider.System).PutAsync(before, default);
        await BackUpAsync(Acme);
        Assert.Equal(-1, (await File.ReadAllBytesAsync(Backup)).AsSpan().IndexOf("canary"u8));
        await using var target = new SqliteEncryptedStore();

        await TakeInAsync(target, replaces: false);

        var log = new TenantLog(target.Node.Logs, Acme);
        await log.LoadAsync(default);
        Assert.Equal(TenantStatus.Suspended, log.Current.Status);
        Assert.Equal(3, log.Current.Generation);
        Assert.Equal("canary-name", log.Current.Configuration.DisplayName);
        Assert.Equal("platform/restore", log.Current.By);
        Assert.Equal(1, (await target.Node.Logs.ExtentAsync(TenantDirectoryGrain.LogName, default)).Last);
    }

    [Fact]
    public async Task Merge_LeavesTheOthersAlone_WhenATenantIsReplaced()
    {
        await BackUpAsync(Acme);
        var other = Row with { GrainKey = "other/one" };
        await _source.Node.States.WriteAsync(Row, "later"u8.ToArray(), 1, default);
        await _source.Node.States.WriteAsync(other, "later"u8.ToArray(), 1, default);
        await _source.Node.Logs.AppendAsync("audit/acme", 1, ["kept"u8.ToArray()], default);

        await TakeInAsync(_source, replaces: true);

        Assert.Equal(
            "canary-of-acme"u8.ToArray(), (await _source.Node.States.ReadAsync(Row, default))!.Payload.ToArray());
        Assert.Equal("later"u8.ToArray(), (await _source.Node.States.ReadAsync(other, default))!.Payload.ToArray());
        Assert.Single(await _source.Node.Logs.ReadAsync("audit/acme", 0, 9, default));
        Assert.Empty((await _source.Node.Get<IStoreVerifier>().VerifyAsync(default)).Problems);
    }

    [Fact]
    public async Task Clients_GoAlong_WhereverTheTenantGoes()
    {
        await RegisterAsync(_source, Acme, "app-one", "app-two");
        await RegisterAsync(_source, Other, "app-three");
        await BackUpAsync(Acme);
        await using var target = new SqliteEncryptedStore();
        await RegisterAsync(target, Other, "app-two");

        await TakeInAsync(target, replaces: false);

        Assert.Equal(Acme, await TenantOfAsync(target, "app-one"));

        // A backup from elsewhere puts nothing in another's place.
        Assert.Equal(Other, await TenantOfAsync(target, "app-two"));
        Assert.Null(await TenantOfAsync(target, "app-three"));
    }

    [Fact]
    public async Task Clients_AreThoseOfTheBackup_WhenTheTenantIsReplaced()
    {
        await RegisterAsync(_source, Acme, "app-one", "app-two");
        await RegisterAsync(_source, Other, "app-three");
        await BackUpAsync(Acme);
        await _source.Node.States.ClearAsync(BackupClients.RowOf(ClientId.Parse("app-one")), 1, default);
        await RegisterAsync(_source, Acme, "app-later");

        await TakeInAsync(_source, replaces: true);

        Assert.Equal(Acme, await TenantOfAsync(_source, "app-one"));
        Assert.Equal(Acme, await TenantOfAsync(_source, "app-two"));
        Assert.Equal(Other, await TenantOfAsync(_source, "app-three"));
        Assert.Null(await TenantOfAsync(_source, "app-later"));
        Assert.Empty((await _source.Node.Get<IStoreVerifier>().VerifyAsync(default)).Problems);
    }

    [Fact]
    public async Task Open_IsRefused_WhenTheHeaderIsAnotherBackups()
    {
        await BackUpAsync(null);
        var first = await File.ReadAllBytesAsync(Backup);
        File.Delete(Backup);
        File.Delete(Copy);
        await BackUpAsync(null);
        var second = await File.ReadAllBytesAsync(Backup);
        var body = (int)new FileInfo(Copy).Length + BackupChunks.TagBytes;
        await File.WriteAllBytesAsync(Backup, [.. first[..^body], .. second[^body..]]);

        await Assert.ThrowsAsync<BackupException>(OpenAndExtractAsync);
        Assert.False(File.Exists(Extracted));
    }

    [Fact]
    public async Task Open_IsRefused_WhenTheMasterKeyIsAnother()
    {
        await BackUpAsync(null);
        await using var stranger = new SqliteEncryptedStore();
        await stranger.Node.States.WriteAsync(Row, "own"u8.ToArray(), 0, default);

        var refusal = await Assert.ThrowsAsync<BackupException>(
            async () => await stranger.Node.Get<IBackupArchive>().OpenAsync(Backup, null, default));

        Assert.Contains("another master key", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_NamesARow_WhenItIsGone()
    {
        await _source.Node.FlushAsync();
        await _source.ReopenAsync();
        var raw = new SqliteGrainStorage(_source.Store);
        await raw.ClearAsync(Row, (await raw.ReadAsync(Row, default))!.Version, default);

        var found = await _source.Node.Get<IStoreVerifier>().VerifyAsync(default);

        Assert.Equal(["A row of tenant/acme is missing that its index knows."], found.Problems);
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

    /// <summary>The tenant lists these clients, and each is there.</summary>
    private static async Task RegisterAsync(SqliteEncryptedStore store, TenantId tenant, params string[] clients)
    {
        var states = store.Node.States;
        foreach (var id in clients.Select(ClientId.Parse))
        {
            var client = new OAuthClient { Id = id, Source = ClientSource.Tenant, Tenant = tenant };
            await WriteAsync(BackupClients.RowOf(id), new ClientState { Client = client });
        }

        await WriteAsync(
            BackupClients.ListOf(tenant), new ClientsState { Clients = [.. clients.Select(ClientId.Parse)] });

        async Task WriteAsync<TState>(StateAddress address, TState state) => await states.WriteAsync(
            address,
            JsonSerializer.SerializeToUtf8Bytes(state, WireJson.Options),
            (await states.ReadAsync(address, default))?.Version ?? 0,
            default);
    }

    private static async Task<TenantId?> TenantOfAsync(SqliteEncryptedStore store, string client) =>
        await store.Node.States.ReadAsync(BackupClients.RowOf(ClientId.Parse(client)), default) is { } row
            ? JsonSerializer.Deserialize<ClientState>(row.Payload.Span, WireJson.Options)!.Client!.Tenant
            : null;

    private string Extracted => Path.Combine(_folder, "extracted");

    private async Task OpenAndExtractAsync() =>
        await Archive.ExtractAsync(await Archive.OpenAsync(Backup, null, default), Extracted, default);

    private async Task BackUpAsync(TenantId? tenant)
    {
        if (tenant is { } one)
        {
            SqliteSnapshot.CopyPart(_source.Folder, Copy, new SnapshotPart(
                address => Archive.IsOf(one, address) || address == Archive.RingOf(one),
                log => Archive.IsLogOf(one, log)));
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
                Version = tenant is null ? null : SqliteSnapshot.ReadNewest(_source.Folder, Archive.VersionsOf(Acme)),
                Read = address => SqliteSnapshot.ReadState(_source.Folder, address),
                PlatformRing = SqliteSnapshot.ReadState(_source.Folder, Archive.PlatformRing)!.Value,
            },
            Copy,
            Backup,
            tenant is null ? null : Passphrase,
            default);
    }

    private async Task TakeInAsync(SqliteEncryptedStore target, bool replaces)
    {
        var archive = target.Node.Get<IBackupArchive>();
        var backup = await archive.OpenAsync(Backup, Passphrase, default);
        var ring = await target.Node.Get<IBackupAdmission>().AdmitAsync(backup, replaces, default);
        var clients = await target.Node.Get<IBackupAdmission>().ClientsOfAsync(Acme, default);
        await archive.ExtractAsync(backup, Extracted, default);
        await target.ReopenAsync(() => SqliteSnapshot.Merge(
            Extracted,
            target.Folder,
            new SnapshotPart(address => archive.IsOf(Acme, address), log => archive.IsLogOf(Acme, log)),
            archive.RingOf(Acme),
            ring));
        await target.Node.Get<IBackupAdmission>().PutInForceAsync(backup, clients, default);
    }
}
