using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Smcp.Hosting.Secrets;

public sealed class ServerSecretsTests
{
    [Fact]
    public async Task Secret_IsInjected_AsTheTestGivesIt()
    {
        var setup = new ServerTestSetup { Secrets = { ["TOKEN"] = "of the test" } };
        await using var host = await ServerTestHost.StartAsync<SecretServer>(setup);

        Assert.Equal("of the test", await SayAsync(host));
        setup.Secrets["TOKEN"] = "rotated";
        Assert.Equal("rotated", await SayAsync(host));
        setup.Secrets.Remove("TOKEN");
        Assert.Equal("none", await SayAsync(host));
    }

    [Fact]
    public async Task Secret_IsAVariable_WhereTheServerRunsByItself()
    {
        const string Name = "SMCP_TEST_ONLY_9F";
        Environment.SetEnvironmentVariable($"SMCP_SECRET_{Name}", "of the environment");
        try
        {
            Assert.Equal("of the environment", await new EnvironmentSecrets().GetAsync(Name, default));
            Assert.Null(await new EnvironmentSecrets().GetAsync("SMCP_TEST_ONLY_8F", default));
            Assert.Null(await new EnvironmentSecrets().GetAsync(string.Empty, default));
        }
        finally
        {
            Environment.SetEnvironmentVariable($"SMCP_SECRET_{Name}", null);
        }
    }

    private static async Task<string> SayAsync(ServerTestHost host)
    {
        var result = await host.Client.CallToolAsync("say");
        return ((TextContentBlock)result.Content[0]).Text;
    }

    [McpServer("secretive")]
    private sealed class SecretServer(IServerSecrets secrets)
    {
        [McpServerTool(Name = "say"), Description("Says the token.")]
        public async Task<string> SayAsync(CancellationToken cancellationToken) =>
            await secrets.GetAsync("TOKEN", cancellationToken) ?? "none";
    }
}
