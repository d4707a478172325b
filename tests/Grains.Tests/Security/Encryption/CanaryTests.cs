using System.Text;
using Smcp.Identity;
using Smcp.Security.Encryption.Upkeep;
using Smcp.Storage;
using Smcp.Storage.Sqlite;

namespace Smcp.Security.Encryption;

/// <summary>What is stored is in no file in clear: a planted marker is looked for in every one.</summary>
public sealed class CanaryTests : IDisposable
{
    private const string Marker = "canary-7d1f63e8-that-nobody-may-read";

    private readonly SqliteEncryptedStore _store = new();

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Marker_IsInNoFile_WhenItWasStoredEverywhere()
    {
        await PlantAsync();
        AssertNowhere();

        await _store.ReopenAsync();
        await PlantAsync("again");
        var backup = Path.Combine(_store.Folder, "backup.db");
        using (var database = SqliteDatabase.Open(Path.Combine(_store.Folder, "smcp.db"), TimeSpan.FromSeconds(2)))
        {
            database.Execute($"VACUUM INTO '{backup}'");
        }

        AssertNowhere();
        Assert.True(new FileInfo(backup).Length > 4096);
    }

    [Fact]
    public async Task WrappedKeys_AreInNoFile_WhenTheyWereDestroyed()
    {
        await PlantAsync();
        var ring = (await new SqliteGrainStorage(_store.Store).ReadAsync(
            new StateAddress("data-key", "tenant/acme", "ring"), None))!.Payload;
        var wrapped = Encoding.UTF8.GetString(ring.Span).Split("\"wrapped\":\"")[1][..40];
        Assert.True(Holds(wrapped));

        await _store.Node.Get<IKeyAdministration>().DestroyTenantKeysAsync(TenantId.Parse("acme"), None);

        Assert.False(Holds(wrapped));
    }

    public void Dispose() => _store.Dispose();

    private async Task PlantAsync(string part = "")
    {
        var payload = Encoding.UTF8.GetBytes($$"""{"secret":"{{Marker}}"}""");
        foreach (var type in (string[])["session", "server-state", "task", "key-ring"])
        {
            await _store.Node.States.WriteAsync(
                new StateAddress(type, $"acme/echo/shared{part}", "state"), payload, 0, None);
        }

        foreach (var log in (string[])["session/acme/echo/1", "tenant/acme/sessions", "audit/acme", "directory"])
        {
            await _store.Node.Logs.AppendAsync(log + part, 1, [payload, payload], None);
        }

        await _store.Node.FlushAsync();
    }

    private void AssertNowhere()
    {
        Assert.False(Holds(Marker));
        Assert.False(Holds(Convert.ToBase64String(Encoding.UTF8.GetBytes(Marker))[..40]));

        // What may be read is: otherwise nothing would be found because nothing is looked at.
        Assert.True(Holds("acme/echo/shared"));
    }

    private bool Holds(string text) => Directory.GetFiles(_store.Folder)
        .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal))
        .Any(file => Content(file).Contains(text, StringComparison.Ordinal));

    private static string Content(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return Encoding.Latin1.GetString(bytes);
    }
}
