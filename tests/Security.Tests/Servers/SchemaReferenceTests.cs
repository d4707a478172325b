using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Smcp.Identity;
using Smcp.Quotas;
using Smcp.ResourceServer;
using Smcp.Runtimes.Jails;
using Smcp.Runtimes.Process;

namespace Smcp.Servers;

/// <summary>RS23: what a schema of somebody else's server refers to is its clients' business.</summary>
public sealed class SchemaReferenceTests
{
    [Theory]
    [MemberData(nameof(McpCaller.Revisions), MemberType = typeof(McpCaller))]
    public async Task RS23_ReferenceToANetwork_IsPassedOnAndNeverFollowed(string revision)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var reference = $"http://{listener.LocalEndpoint}/schema.json";
        var jails = new ScriptedJails($$$"""{"where":{"$ref":"{{{reference}}}"}}""");
        await using var host = await SecurityHost.StartAsync(services =>
        {
            services.AddQuotas().AddProcessServers().AddSingleton<IServerCatalog>(new OneProgram());
            services.Replace(ServiceDescriptor.Singleton<IJails>(jails));
        });
        var key = await ResourceServerHost.KeyAsync(host, "mcp-user", McpScopes.Tools);
        var caller = await McpCaller.Of(host, revision, key, OneProgram.Path).OpenAsync();

        var listed = await caller.CallAsync("tools/list");
        var called = await caller.CallAsync("tools/call", """{"name":"work","arguments":{"where":"here"}}""");

        Assert.Contains(reference, listed.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("done", called.ToJsonString(), StringComparison.Ordinal);
        Assert.False(listener.Pending());
    }
}
