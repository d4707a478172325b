using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Smcp.Data;
using Smcp.Mcp;
using Smcp.Security.Secrets;
using Smcp.Tenants;

namespace Smcp.Servers.Deploying.Images;

/// <summary>Images as they are stored with their tenant, and as a node unpacks them.</summary>
public sealed class ServerImagesTests : IDisposable
{
    private static readonly ServerKey Server = ServerKey.Parse("acme/tools");

    private readonly string _folder = Directory.CreateTempSubdirectory("smcp-test-").FullName;

    public void Dispose() => ImageUnpacking.Remove(_folder);

    [Fact]
    public async Task Image_IsUnpacked_AsItWasDeployed()
    {
        await using var host = await StartAsync();
        var image = await TakeAsync(host, ("bin/run", "#!"), ("data.txt", "text"));

        using var open = await host.Get<ServerImages>().OpenAsync(Server, image, default);

        Assert.StartsWith(_folder, open.Folder, StringComparison.Ordinal);
        Assert.Equal("text", await File.ReadAllTextAsync(Path.Combine(open.Folder, "data.txt")));
        Assert.Equal("#!", await File.ReadAllTextAsync(Path.Combine(open.Folder, "bin", "run")));
        Assert.Equal(
            UnixFileMode.None,
            (File.GetUnixFileMode(Path.Combine(open.Folder, "data.txt")) | File.GetUnixFileMode(open.Folder))
            & (UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite));
    }

    [Fact]
    public async Task Image_IsUnpackedOnce_ForAllWhoAskAtOneTime()
    {
        await using var host = await StartAsync();
        var image = await TakeAsync(host, ("a", "1"));
        var images = host.Get<ServerImages>();

        var open = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => images.OpenAsync(Server, image, default).AsTask()));

        Assert.Single(open.Select(one => one.Folder).Distinct());
        foreach (var one in open)
        {
            one.Dispose();
        }

        Assert.Single(FoldersThere());
    }

    [Fact]
    public async Task Image_IsUnpackedAnew_WhenSomebodyWroteToIt()
    {
        await using var host = await StartAsync();
        var image = await TakeAsync(host, ("run", "good"));
        var images = host.Get<ServerImages>();
        string touched;
        using (var open = await images.OpenAsync(Server, image, default))
        {
            touched = Path.Combine(open.Folder, "run");
        }

        File.SetUnixFileMode(touched, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllTextAsync(touched, "evil");

        using var again = await images.OpenAsync(Server, image, default);
        Assert.Equal("good", await File.ReadAllTextAsync(Path.Combine(again.Folder, "run")));
    }

    /// <summary>What is stored under the hash is not what was deployed: nobody runs it.</summary>
    [Fact]
    public async Task Image_IsRefused_WhenItsBytesAreOthers()
    {
        await using var host = await StartAsync();
        var image = await TakeAsync(host, ("run", "good"));
        var other = ImageIndex.Write([new ImageFile("run", 4, true)]).Concat("evil"u8.ToArray()).ToArray();
        var place = ReservedServers.Images;
        await host.DataOf($"acme/{place}/shared").Objects.PutAsync($"tools/{image.Hash}", new MemoryStream(other));

        await Assert.ThrowsAsync<ImageException>(
            () => host.Get<ServerImages>().OpenAsync(Server, image, default).AsTask());
        Assert.Empty(FoldersThere());
    }

    [Fact]
    public async Task Image_OfAnotherTenantOrServer_IsNotThere()
    {
        await using var host = await StartAsync();
        var image = await TakeAsync(host, ("a", "1"));
        var images = host.Get<ServerImages>();

        await Assert.ThrowsAsync<ImageException>(
            () => images.OpenAsync(ServerKey.Parse("other/tools"), image, default).AsTask());
        await Assert.ThrowsAsync<ImageException>(
            () => images.OpenAsync(ServerKey.Parse("acme/else"), image, default).AsTask());
    }

    [Fact]
    public async Task Image_Goes_WhenItRestedLongEnough()
    {
        await using var host = await StartAsync();
        var images = host.Get<ServerImages>();
        var used = await images.OpenAsync(Server, await TakeAsync(host, ("a", "1")), default);
        (await images.OpenAsync(Server, await TakeAsync(host, ("b", "2")), default)).Dispose();
        Assert.Equal(2, FoldersThere().Length);

        host.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal([used.Folder], FoldersThere());

        used.Dispose();
        host.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Empty(FoldersThere());
    }

    [Fact]
    public async Task Room_IsMade_ByWhatRestsOnly()
    {
        await using var host = await StartAsync(options => options.CacheBytesMax = 1024 * 1024);
        var images = host.Get<ServerImages>();
        var first = await TakeAsync(host, ("a", new string('1', 600_000)));
        var second = await TakeAsync(host, ("b", new string('2', 600_000)));
        var open = await images.OpenAsync(Server, first, default);

        await Assert.ThrowsAsync<ImageException>(() => images.OpenAsync(Server, second, default).AsTask());
        open.Dispose();
        using var other = await images.OpenAsync(Server, second, default);

        Assert.Equal([other.Folder], FoldersThere());
    }

    [Fact]
    public async Task Folder_IsEmptiedAtTheStart_AndAtTheEnd()
    {
        var left = Directory.CreateDirectory(Path.Combine(_folder, "smcp-images", "left"));
        var host = await StartAsync();
        using (await host.Get<ServerImages>().OpenAsync(Server, await TakeAsync(host, ("a", "1")), default))
        {
            Assert.False(Directory.Exists(left.FullName));
        }

        await host.DisposeAsync();
        Assert.Empty(FoldersThere());
    }

    [Fact]
    public async Task Folder_IsOneNodesAtATime_AndAnotherDoesNotStart()
    {
        var host = await StartAsync();
        await StartFolderAsync(host);
        using var open = await host.Get<ServerImages>().OpenAsync(
            Server, await TakeAsync(host, ("a", "1")), default);
        await using var second = await StartAsync();
        await using var elsewhere = await StartAsync(options => options.Folder = Path.Combine(_folder, "own"));

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => StartFolderAsync(second));
        await StartFolderAsync(elsewhere);

        Assert.Contains($"another node has {_folder}", Assert.Single(refused.Failures), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(open.Folder, "a")));

        await host.DisposeAsync();
        await using var next = await StartAsync();
        await StartFolderAsync(next);
    }

    [Fact]
    public async Task Bundle_IsRefused_WhenTheTenantHasNoRoom()
    {
        await using var host = await StartAsync(quota: 100);
        var bundles = host.Get<IServerBundles>();

        var refused = await bundles.TakeAsync(Server, Zips.Of(("a", new string('1', 200))), default);
        var taken = await bundles.TakeAsync(Server, Zips.Of(("a", "1")), default);

        Assert.Equal(FaultReason.LimitExceeded, refused.Fault?.Reason);
        Assert.Null(taken.Fault);
        var usage = await host.Grains.Locate<IStorageUsageGrain>("acme")
            .DescribeAsync(TenantDataHost.Admin("acme"), default);
        Assert.True(usage.Bytes >= taken.Image!.Bytes);
    }

    private static Task StartFolderAsync(TenantDataHost host) => new ImageFolderStart(
        host.Get<ServerImages>(), host.Get<IOptions<ImageOptions>>()).StartAsync(default);

    private string[] FoldersThere() => Directory.Exists(Path.Combine(_folder, "smcp-images"))
        ? Directory.GetDirectories(Path.Combine(_folder, "smcp-images"))
        : [];

    private static async Task<ServerImage> TakeAsync(
        TenantDataHost host, params (string Path, string Content)[] files)
    {
        var taken = await host.Get<IServerBundles>().TakeAsync(Server, Zips.Of(files), default);
        Assert.True(taken.Fault is null, taken.Fault?.Message);
        return taken.Image!;
    }

    private Task<TenantDataHost> StartAsync(Action<ImageOptions>? configure = null, long? quota = null) =>
        TenantDataHost.StartAsync(services =>
        {
            services.AddServerBundles();
            services.AddSingleton<ServerImages>();
            services.AddSingleton(new TenantQuotas { StorageBytes = quota });
            services.Configure<ImageOptions>(options => options.Folder = _folder);
            services.Configure(configure ?? (_ => { }));
        });
}
