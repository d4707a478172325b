using System.Text;
using Smcp.Storage.Sqlite;

namespace Smcp.Storage;

/// <summary>
/// Faults while the store runs: what is damaged is not served, and what cannot be written is not acknowledged.
/// </summary>
public sealed class SqliteStoreFaultTests
{
    private static readonly StateAddress Address = new("test", "default/a", "state");

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Read_IsRefused_WhenABitOfAPayloadFlipped()
    {
        await using var store = new TemporaryStore();
        var payload = Encoding.UTF8.GetBytes("a payload that is found again in the file");
        await store.Grains.WriteAsync(Address, payload, 0, None);
        await store.Logs.AppendAsync("log", 1, [Encoding.UTF8.GetBytes("a record that is whole")], None);
        await store.Store.DisposeAsync();
        var content = await File.ReadAllBytesAsync(store.DatabasePath);
        content[content.AsSpan().IndexOf(payload) + 5] ^= 1;
        await File.WriteAllBytesAsync(store.DatabasePath, content);

        await store.ReopenAsync();

        var refusal = await Assert.ThrowsAsync<StorageUnavailableException>(async () =>
            await store.Grains.ReadAsync(Address, None));
        Assert.Equal("The read failed: the database is damaged.", refusal.Message);
        Assert.Single(await store.Logs.ReadAsync("log", 0, 10, None));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Read_IsRefused_WhenARecordIsMissing(int missing)
    {
        await using var store = new TemporaryStore();
        await store.Logs.AppendAsync("log", 1, [new byte[1], new byte[1], new byte[1]], None);
        using (var other = SqliteDatabase.Open(store.DatabasePath, TimeSpan.Zero))
        {
            other.Execute($"DELETE FROM log_record WHERE sequence = {missing}");
        }

        await Assert.ThrowsAsync<StorageUnavailableException>(async () =>
        {
            for (var after = 0; after < 3; after++)
            {
                Assert.Single(await store.Logs.ReadAsync("log", after, 1, None));
            }
        });
    }

    [Fact]
    public async Task Read_IsRefused_WhenAPageIsDamagedInAFileTooLargeToCheck()
    {
        await using var store = new TemporaryStore(null, options => options.CheckBytesMax = 0);
        for (var i = 1; i <= 100; i++)
        {
            await store.Logs.AppendAsync("log", i, [new byte[2000]], None);
        }

        await store.Store.DisposeAsync();
        var content = await File.ReadAllBytesAsync(store.DatabasePath);
        content.AsSpan(20 * 4096).Fill(0xA5);
        await File.WriteAllBytesAsync(store.DatabasePath, content);
        await store.ReopenAsync();

        await Assert.ThrowsAsync<StorageUnavailableException>(async () =>
            await store.Logs.ReadAsync("log", 0, 200, None));
    }

    [Fact]
    public async Task Store_HasAPrefixOfTheWrites_WhenTheWriteAheadLogIsCutShort()
    {
        await using var store = new TemporaryStore();
        for (var i = 0; i < 20; i++)
        {
            await store.Grains.WriteAsync(Address, new[] { (byte)i }, i, None);
        }

        var main = await File.ReadAllBytesAsync(store.DatabasePath);
        var wal = await File.ReadAllBytesAsync(store.DatabasePath + "-wal");
        var versions = new List<long>();
        for (var length = 0; length <= wal.Length; length += 1500)
        {
            var folder = Directory.CreateTempSubdirectory("smcp-cut-").FullName;
            await File.WriteAllBytesAsync(Path.Combine(folder, "smcp.db"), main);
            await File.WriteAllBytesAsync(Path.Combine(folder, "smcp.db-wal"), wal[..length]);
            await using (var cut = new TemporaryStore(folder))
            {
                var stored = await cut.Grains.ReadAsync(Address, None);
                Assert.True(stored is null || stored.Payload.Span.SequenceEqual([(byte)(stored.Version - 1)]));
                versions.Add(stored?.Version ?? 0);
            }

            Directory.Delete(folder, recursive: true);
        }

        Assert.Equal(versions.Order(), versions);
        Assert.InRange(versions[^1], 19, 20);
    }

    [Fact]
    public async Task Write_IsRefusedAndTheNextSucceeds_WhenAnotherProgramHeldTheLock()
    {
        await using var store = new TemporaryStore(null, options => options.BusyTimeout = TimeSpan.Zero);
        using (var other = SqliteDatabase.Open(store.DatabasePath, TimeSpan.Zero))
        {
            other.Execute("BEGIN IMMEDIATE");

            var refusal = await Assert.ThrowsAsync<StorageUnavailableException>(async () =>
                await store.Grains.WriteAsync(Address, new byte[1], 0, None));

            Assert.Equal(
                "The write was not stored: another program holds a lock on the database.", refusal.Message);
            Assert.Null(await store.Grains.ReadAsync(Address, None));
        }

        Assert.Equal(1, await store.Grains.WriteAsync(Address, new byte[1], 0, None));
    }

    [MountFact]
    public async Task Writes_AreRefusedWhileTheDiskIsFullAndSucceedAfter_WithNothingAcknowledgedLost()
    {
        using var mount = new TemporaryMount("size=2m");
        var ballast = Path.Combine(mount.Folder, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[1 << 20]);
        await using var store = new TemporaryStore(mount.Folder);
        var last = 0L;

        var refusal = await Assert.ThrowsAsync<StorageUnavailableException>(async () =>
        {
            for (; last < 1000; last++)
            {
                await store.Logs.AppendAsync("log", last + 1, [new byte[10_000]], None);
            }
        });

        Assert.Equal("The write was not stored: the disk is full.", refusal.Message);
        Assert.Equal(new LogExtent(1, last), await store.Logs.ExtentAsync("log", None));
        await Assert.ThrowsAsync<StorageUnavailableException>(async () =>
            await store.Logs.AppendAsync("log", last + 1, [new byte[10_000]], None));

        File.Delete(ballast);
        await store.Logs.AppendAsync("log", last + 1, [new byte[10_000]], None);

        await store.ReopenAsync();
        Assert.Equal(new LogExtent(1, last + 1), await store.Logs.ExtentAsync("log", None));
        Assert.Equal(last + 1, (await store.Logs.ReadAsync("log", 0, 1000, None)).Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0xD800)]
    public async Task Key_IsRefused_WhenTwoSuchCouldMeetInOneRow(int character)
    {
        var key = $"a{(char)character}";
        await using var store = new TemporaryStore();

        await Assert.ThrowsAnyAsync<ArgumentException>(async () =>
            await store.Grains.ReadAsync(Address with { GrainKey = key }, None));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () =>
            await store.Logs.AppendAsync(key, 1, [new byte[1]], None));
    }

    [Fact]
    public async Task Key_IsRefused_WhenItIsLong()
    {
        await using var store = new TemporaryStore(null, options => options.KeyBytesMax = 64);

        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await store.Grains.ReadAsync(Address with { GrainKey = new string('a', 65) }, None));
    }

    [Fact]
    public async Task Read_EndsEarly_WhenItsBytesAreMany()
    {
        await using var store = new TemporaryStore(null, options => options.ReadBytesMax = 1024);
        await store.Logs.AppendAsync("log", 1, [new byte[2000], new byte[500], new byte[500], new byte[500]], None);

        Assert.Single(await store.Logs.ReadAsync("log", 0, 10, None));
        Assert.Equal(2, (await store.Logs.ReadAsync("log", 1, 10, None)).Count);
    }
}
