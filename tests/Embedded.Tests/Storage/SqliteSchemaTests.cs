using System.Text;
using Smcp.Reminders;
using Smcp.Storage.Sqlite;

namespace Smcp.Storage;

public sealed class SqliteSchemaTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("smcp-schema-").FullName;

    private static CancellationToken None => CancellationToken.None;

    private string DatabasePath => Path.Combine(_folder, "smcp.db");

    [Fact]
    public async Task File_IsMigratedWithItsContent_WhenItIsOfSchemaOne()
    {
        Make(Fixture());

        await using var store = new TemporaryStore(_folder);

        var state = await store.Grains.ReadAsync(new StateAddress("counter", "default/a", "state"), None);
        Assert.Equal(("""{"count":2}""", 2), (Encoding.UTF8.GetString(state!.Payload.Span), state.Version));
        var records = await store.Logs.ReadAsync("session/default/a", 0, 10, None);
        Assert.Equal(["third", "fourth"], records.Select(record => Encoding.UTF8.GetString(record.Payload.Span)));
        await store.Logs.AppendAsync("session/default/a", 5, [Encoding.UTF8.GetBytes("fifth")], None);
        var reminder = new Reminder(
            new ReminderAddress("counter", "default/a", "tick"), DateTimeOffset.UnixEpoch, TimeSpan.FromMinutes(1));
        await store.Reminders.SetAsync(reminder, None);
        Assert.Equal([reminder], await store.Reminders.ReadDueAsync(DateTimeOffset.UnixEpoch, 10, None));
    }

    [Fact]
    public async Task MigratedFile_HasTheTablesOfANewOne()
    {
        Make(Fixture());
        await using var migrated = new TemporaryStore(_folder);
        await using var created = new TemporaryStore();

        Assert.Equal(Tables(created.DatabasePath), Tables(migrated.DatabasePath));
    }

    [Fact]
    public void File_IsLeftAsItWas_WhenAMigrationFails()
    {
        Make(Fixture() + "CREATE TABLE reminder (in_the_way INTEGER);");

        var refusal = Assert.Throws<StorageStartException>(() => new TemporaryStore(_folder));

        Assert.Equal(StorageStartFailure.Failing, refusal.Reason);
        using var database = SqliteDatabase.Open(DatabasePath, TimeSpan.Zero);
        Assert.Equal(1, database.QueryInt64("PRAGMA user_version"));
        Assert.Equal(1, database.QueryInt64("SELECT COUNT(*) FROM state"));
    }

    [Fact]
    public void File_IsRefused_WhenANewerVersionWroteIt()
    {
        new TemporaryStore(_folder).Dispose();
        Make("PRAGMA user_version = 99");

        var refusal = Assert.Throws<StorageStartException>(() => new TemporaryStore(_folder));

        Assert.Equal(StorageStartFailure.NewerVersion, refusal.Reason);
        Assert.Equal(
            $"{DatabasePath} is not opened. A newer version of Smcp wrote it (its schema is 99, this version knows "
                + $"{SqliteSchema.Version}). Start that version, or restore a backup made by this one.",
            refusal.Message);
    }

    [Theory]
    [InlineData("PRAGMA application_id = 7")]
    [InlineData("CREATE TABLE theirs (a INTEGER)")]
    [InlineData("PRAGMA user_version = 1")]
    public void File_IsRefused_WhenItIsAnotherPrograms(string sql)
    {
        Make(sql);

        var refusal = Assert.Throws<StorageStartException>(() => new TemporaryStore(_folder));

        Assert.Equal(StorageStartFailure.Foreign, refusal.Reason);
        Assert.Contains("another program", refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Fixture() => File.ReadAllText(
        Path.Combine(AppContext.BaseDirectory, "Storage", "Fixtures", "schema-1.sql"));

    private void Make(string sql)
    {
        SqliteLibrary.Load();
        File.AppendAllBytes(DatabasePath, []);
        using var database = SqliteDatabase.Open(DatabasePath, TimeSpan.Zero);
        database.Execute(sql);
    }

    private static string? Tables(string path)
    {
        using var database = SqliteDatabase.Open(path, TimeSpan.Zero);
        return database.QueryText(
            "SELECT group_concat(line) FROM (SELECT m.name || '.' || c.name || ' ' || c.type AS line "
                + "FROM sqlite_schema m, pragma_table_info(m.name) c ORDER BY m.name, c.cid)");
    }
}
