using Smcp.Mcp;
using Smcp.Security.Secrets;

namespace Smcp.Servers.Deploying.Images;

/// <summary>What one who deploys may take of what all have to unpack bundles with.</summary>
public sealed class ServerBundlesTests
{
    private static readonly ServerKey Server = ServerKey.Parse("acme/tools");

    [Fact]
    public async Task Bundle_IsRefused_WhenUnpackingTakesTooLong()
    {
        await using var host = await StartAsync();
        var bundles = host.Get<IServerBundles>();

        var slow = await bundles.TakeAsync(Server, Archive(() => PassAsync(host, 31)), default);
        var taken = await bundles.TakeAsync(Server, Archive(() => PassAsync(host, 1)), default);

        Assert.Equal(FaultReason.LimitExceeded, slow.Fault?.Reason);
        Assert.Contains("30 s", slow.Fault?.Message);
        Assert.True(taken.Fault is null, taken.Fault?.Message);
    }

    [Fact]
    public async Task Bundle_IsRefused_WhenAnotherOfTheTenantIsUnpacked()
    {
        await using var host = await StartAsync();
        var bundles = host.Get<IServerBundles>();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goesOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = Archive(() =>
        {
            begun.TrySetResult();
            return goesOn.Task;
        });

        var first = bundles.TakeAsync(Server, held, default).AsTask();
        await begun.Task;
        var second = await bundles.TakeAsync(ServerKey.Parse("acme/else"), Archive(), default);
        var others = await bundles.TakeAsync(ServerKey.Parse("other/tools"), Archive(), default);
        goesOn.SetResult();

        Assert.Equal(FaultReason.Unavailable, second.Fault?.Reason);
        Assert.NotNull(second.Fault?.RetryAfter);
        Assert.True(others.Fault is null, others.Fault?.Message);
        Assert.Null((await first).Fault);
        Assert.Null((await bundles.TakeAsync(ServerKey.Parse("acme/else"), Archive(), default)).Fault);
    }

    private static Task PassAsync(TenantDataHost host, int seconds)
    {
        host.Clock.Advance(TimeSpan.FromSeconds(seconds));
        return Task.CompletedTask;
    }

    private static HeldArchive Archive(Func<Task>? reading = null) =>
        new(Zips.Of(("a", "1")), reading ?? (() => Task.CompletedTask));

    private static Task<TenantDataHost> StartAsync() =>
        TenantDataHost.StartAsync(services => services.AddServerBundles());
}
