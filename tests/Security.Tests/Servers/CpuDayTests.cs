using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Smcp.Admin;
using Smcp.Identity;
using Smcp.Quotas;
using Smcp.Quotas.Cpu;
using Smcp.ResourceServer;
using Smcp.Runtimes.Jails;
using Smcp.Runtimes.Jails.Metering;
using Smcp.Runtimes.Process;
using Smcp.Tenants;

namespace Smcp.Servers;

/// <summary>A tenant whose servers used up their processor time of today, as its clients see it.</summary>
public sealed class CpuDayTests : IAsyncLifetime
{
    private const long Seconds = 10;
    private const string Path = OneProgram.Path;
    private const string Work = """{"name":"work","arguments":{}}""";

    private readonly ScriptedJails _jails = new("{}");
    private SecurityHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await SecurityHost.StartAsync(services =>
        {
            services.AddQuotas().AddProcessServers().AddSingleton<IServerCatalog>(new OneProgram());
            services.Replace(ServiceDescriptor.Singleton<IJails>(provider => new MeteredJails(
                _jails, provider.GetRequiredService<JailMeter>(), provider.GetRequiredService<CpuQuota>())));
        });
        var quotas = new TenantConfiguration { Quotas = new TenantQuotas { CpuSecondsPerDay = Seconds } };
        Assert.Null((await _host.Grains.Locate<ITenantGrain>("default").ConfigureAsync(
            AdminSite.ContextOf("platform", "platform.*:*"), quotas, null, default)).Fault);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    /// <summary>In a conversation that is open; then nobody opens another.</summary>
    [Theory]
    [MemberData(nameof(McpCaller.Revisions), MemberType = typeof(McpCaller))]
    public async Task Call_Is429WithTheLimit_OnceTheDayIsUsedUp(string revision)
    {
        var key = await ResourceServerHost.KeyAsync(_host, "mcp-user", McpScopes.Tools);
        var caller = await McpCaller.Of(_host, revision, key, Path).OpenAsync();
        using var before = await caller.SendAsync("tools/call", Work);
        Assert.Equal(200, (int)before.StatusCode);

        _jails.Last!.Cpu = TimeSpan.FromSeconds(Seconds);
        while (!_jails.Last!.Exited.IsCompleted)
        {
            // A period at a time, and a moment of real time in which what was measured can be reported.
            _host.Clock.Advance(TimeSpan.FromSeconds(5));
            using var moment = await _host.Client.GetAsync("/jwks");
        }

        await RefusedAsync(() => caller.SendAsync("tools/call", Work));
        await RefusedAsync(() => McpCaller.Of(_host, revision, key, Path).FirstAsync());
    }

    /// <summary>The answer is 429, soon: a call that meets the end of its process is told of that.</summary>
    private async Task RefusedAsync(Func<Task<HttpResponseMessage>> ask)
    {
        for (var i = 0; i < 50; i++)
        {
            using var response = await ask();
            if ((int)response.StatusCode != 429)
            {
                _host.Clock.Advance(TimeSpan.FromSeconds(1));
                continue;
            }

            Assert.InRange(response.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(1), TimeSpan.FromHours(24));
            Assert.Equal($"\"cpu\";q={Seconds};qu=\"cpu-seconds\";w=86400", Header(response, "RateLimit-Policy"));
            Assert.StartsWith("\"cpu\";r=0;t=", Header(response, "RateLimit"), StringComparison.Ordinal);
            return;
        }

        Assert.Fail("It was never refused.");
    }

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.GetValues(name).Single();
}
