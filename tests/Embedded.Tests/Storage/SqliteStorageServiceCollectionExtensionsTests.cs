using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Smcp.Reminders;

namespace Smcp.Storage;

public sealed class SqliteStorageServiceCollectionExtensionsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("smcp-registration-").FullName;

    [Fact]
    public async Task Host_HasOneStoreForAllPorts_AndClosesItAtItsEnd()
    {
        using (var host = Build(options => options.DataFolder = _folder))
        {
            await host.StartAsync();
            var version = await host.Services.GetRequiredKeyedService<IGrainStorage>(RawStorage.Key)
                .WriteAsync(new StateAddress("a", "b", "c"), new byte[1], 0, CancellationToken.None);
            var extent = await host.Services.GetRequiredKeyedService<ILogStorage>(RawStorage.Key)
                .ExtentAsync("l", CancellationToken.None);
            var due = await host.Services.GetRequiredService<IReminderStore>().NextDueAsync(CancellationToken.None);
            Assert.Equal((1, default, null), (version, extent, due));
            await host.StopAsync();
            await ((IAsyncDisposable)host).DisposeAsync();
        }

        Assert.Equal(
            ["smcp.db", "smcp.lock"],
            Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Host_HasNoStorageInClear_WithoutEncryption()
    {
        using var host = Build(options => options.DataFolder = _folder);

        Assert.Null(host.Services.GetService<IGrainStorage>());
        Assert.Null(host.Services.GetService<ILogStorage>());
    }

    [Fact]
    public async Task Host_DoesNotStart_WhenTheStoreIsRefused()
    {
        await using var other = new TemporaryStore(_folder);
        using var host = Build(options => options.DataFolder = _folder);

        await Assert.ThrowsAsync<StorageStartException>(() => host.StartAsync());
    }

    [Fact]
    public async Task Host_DoesNotStart_WhenAnOptionIsOutOfItsRange()
    {
        using var host = Build(options => (options.DataFolder, options.BatchItemsMax) = (_folder, 0));

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(nameof(SqliteStorageOptions.BatchItemsMax), refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IHost Build(Action<SqliteStorageOptions> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging().AddSqliteStorage(configure);
        return builder.Build();
    }
}
