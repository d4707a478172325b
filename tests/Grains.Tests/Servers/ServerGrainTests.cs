using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Smcp.Identity;
using Smcp.TestSupport;

namespace Smcp.Servers;

/// <summary>A server that a tenant has, while the process has its class and when it has not.</summary>
public sealed class ServerGrainTests
{
    private const string Warning = "no class echo is loaded";

    [Fact]
    public async Task Server_IsMissedInTheLogOnce_WhenItsClassIsNotLoaded()
    {
        using var lines = new CollectedLog();
        await using var host = await InstanceHost.StartAsync(
            configure: services => services.AddSingleton<ILoggerProvider>(lines));
        var context = InstanceHost.Context();
        var deployed = await host.Grains.Locate<IServerGrain>("default/mine").DeployAsync(
            context with
            {
                Tenant = TenantId.Platform,
                Scopes = [McpScopes.Admin],
                Permissions = ["platform.*:*"],
            },
            new ServerDeployment { Source = "echo" },
            default);
        Assert.Null(deployed.Fault);
        var server = host.Grains.Locate<IServerGrain>("default/mine");
        Assert.NotNull((await server.DescribeAsync(context, default)).Definition);
        Assert.DoesNotContain(Warning, lines.Text, StringComparison.Ordinal);

        host.Catalog.Definition = host.Catalog.Definition with { Id = ServerId.Parse("other"), Source = "other" };
        var first = await server.DescribeAsync(context, default);
        await server.DescribeAsync(context, default);
        await host.Grains.Locate<IServerGrain>("default/never").DescribeAsync(context, default);

        Assert.NotNull(first.Fault);
        Assert.Equal(2, lines.Text.Split(Warning).Length);
        Assert.Contains("The server mine of the tenant default is not served", lines.Text, StringComparison.Ordinal);
    }
}
