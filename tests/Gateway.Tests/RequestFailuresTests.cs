using Microsoft.Extensions.DependencyInjection;
using Smcp.Pages;
using Smcp.Storage;
using Smcp.TestSupport;

namespace Smcp;

/// <summary>A store that fails, or whose keys were destroyed, is a known cause: no bug, and no stack.</summary>
public sealed class RequestFailuresTests
{
    private static readonly StorageUnavailableException Destroyed = new("The data keys of acme were destroyed.");

    [Fact]
    public async Task Page_IsUnavailable_WithoutAStack()
    {
        var log = new CollectedLog();
        await using var host = await StartAsync(log, new FailingPage(Destroyed));

        using var response = await host.Client.GetAsync("/failing");

        Assert.Equal(503, (int)response.StatusCode);
        AssertCause(log);
    }

    [Fact]
    public async Task Page_HasFailedWithItsStack_WhenItIsABug()
    {
        var log = new CollectedLog();
        await using var host = await StartAsync(log, new FailingPage(new InvalidOperationException("a bug")));

        using var response = await host.Client.GetAsync("/failing");

        Assert.Equal(500, (int)response.StatusCode);
        Assert.True(log.Holds("   at "));
    }

    [Theory]
    [InlineData(false, 504)]
    [InlineData(true, 503)]
    public async Task Message_IsNotAnswered_WithoutAStack(bool isOfAnActivation, int status)
    {
        var log = new CollectedLog();
        await using var host = await StartAsync(log, new FailingPage(Destroyed));
        host.Grains.TenantFailure = isOfAnActivation ? new IOException("not activated", Destroyed) : Destroyed;

        Assert.Equal(status, (await host.SendAsync(McpWire.Stateless("prompts/list"))).Status);

        AssertCause(log);
    }

    private static Task<GatewayHost> StartAsync(CollectedLog log, FailingPage page) => GatewayHost.BuildAsync(
        "http://127.0.0.1:0",
        null,
        builder =>
        {
            log.AddTo(builder.Services);
            builder.Services.AddSingleton<IPage>(page);
        });

    private static void AssertCause(CollectedLog log)
    {
        Assert.True(log.Holds("The data keys of acme were destroyed."));
        Assert.DoesNotContain("   at Smcp", log.Text, StringComparison.Ordinal);
    }

    private sealed class FailingPage(Exception failure) : IPage
    {
        public string Path => "/failing";

        public async ValueTask<PageAnswer> GetAsync(PageExchange exchange)
        {
            await Task.Yield();
            throw failure;
        }

        public ValueTask<PageAnswer> PostAsync(PageExchange exchange) => GetAsync(exchange);
    }
}
