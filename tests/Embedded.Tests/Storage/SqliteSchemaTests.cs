using Smcp.Storage.Sqlite;

namespace Smcp.Storage;

public sealed class SqliteSchemaTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("smcp-schema-").FullName;

    private string DatabasePath => Path.Combine(_folder, "smcp.db");

    [Fact]
    public void File_IsRefusedAndLeftAsItWas_WhenItIsFromBeforeEncryption()
    {
        Make(Fixture());

        var refusal = Assert.Throws<StorageStartException>(() => new TemporaryStore(_folder));

        Assert.Equal(StorageStartFailure.Unencrypted, refusal.Reason);
        Assert.Equal(
            $"{DatabasePath} is not opened. A version of Smcp from before its first release wrote it, in clear. It is "
                + "not taken over: choose another data folder, or remove the file.",
            refusal.Message);
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
}
