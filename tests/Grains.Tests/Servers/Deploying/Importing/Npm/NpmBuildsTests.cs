using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Mcp;
using Smcp.Security.Audit;
using Smcp.Security.Secrets;
using Smcp.Servers.Deploying.Images;
using Runner = System.Diagnostics.Process;

namespace Smcp.Servers.Deploying.Importing.Npm;

/// <summary>Packages as npm brings them in a real jail, from a registry on loopback.</summary>
public sealed class NpmBuildsTests : IAsyncLifetime
{
    private static readonly ServerKey Server = ServerKey.Parse("acme/tools");

    private FakeRegistry _registry = null!;
    private TenantDataHost _host = null!;

    public async Task InitializeAsync()
    {
        _registry = await FakeRegistry.StartAsync();
        _host = await HostAsync();
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _registry.DisposeAsync();
    }

    [NpmFact]
    public async Task Package_IsBrought_AndNoScriptOfItRuns()
    {
        PublishWithScripts();

        var build = await BringAsync(new NpmPackage("@acme/tools", "^1", null));
        var again = await BringAsync(new NpmPackage("@acme/tools", "^1", null));

        Assert.True(build.Fault is null, build.Fault?.Message);
        Assert.Equal(new NpmProgram("node_modules/@acme/tools/cli.js", "1.2.0"), build.Program);
        Assert.Equal(build.Image, again.Image);
        Assert.Equal(64, build.Lock!.Length);
        Assert.Equal(
            [
                "node_modules/@acme/tools/cli.js", "node_modules/@acme/tools/package.json",
                "node_modules/dep/index.js", "node_modules/dep/package.json", "package-lock.json", "package.json",
            ],
            (await _host.Get<ImageStore>().ListAsync(Server, build.Image!, default))!.Select(file => file.Path));
    }

    /// <summary>
    /// The control: the same packages by npm without the jail's settings, where their scripts do run.
    /// </summary>
    [NpmFact]
    public async Task Script_Runs_WhereNothingForbidsIt()
    {
        PublishWithScripts();
        var folder = Directory.CreateTempSubdirectory("smcp-test-").FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "package.json"), """{"private":true,"dependencies":{"@acme/tools":"^1"}}""");
        var start = new ProcessStartInfo("npm", ["install", "--foreground-scripts", "--no-audit"])
        {
            WorkingDirectory = folder,
            Environment =
            {
                ["npm_config_registry"] = _registry.Address,
                ["npm_config_cache"] = Path.Combine(folder, "cache"),
                ["npm_config_ignore_scripts"] = "false",
                ["npm_config_userconfig"] = Path.Combine(folder, "none"),
            },
        };
        using (var npm = Runner.Start(start)!)
        {
            await npm.WaitForExitAsync();
        }

        Assert.True(File.Exists(Path.Combine(folder, "node_modules/@acme/tools/ran-postinstall")));
        Directory.Delete(folder, recursive: true);
    }

    [NpmFact]
    public async Task Package_IsRefused_WhenItNeedsWhatIsNotOfTheRegistry()
    {
        await using var elsewhere = await FakeRegistry.StartAsync();
        elsewhere.Publish("x", [], ("index.js", "1"));
        _registry.Publish(
            "tools",
            new JsonObject
            {
                ["bin"] = "cli.js",
                ["dependencies"] = new JsonObject { ["x"] = elsewhere.Address + "x.tgz" },
            },
            ("cli.js", "#!/usr/bin/env node\n"));

        var build = await BringAsync(new NpmPackage("tools", "latest", null));

        Assert.Equal(FaultReason.InvalidParams, build.Fault?.Reason);
        Assert.Contains("not of the npm registry", build.Fault!.Message, StringComparison.Ordinal);
        Assert.Equal(0, elsewhere.Requests);
        Assert.Contains(_host.Trail.Events, found => found.Action == AuditActions.EgressDenied);
    }

    [NpmFact]
    public async Task Package_IsRefused_WithWords()
    {
        _registry.Publish("library", [], ("index.js", "1"));
        _registry.Publish(
            "two", new JsonObject { ["bin"] = new JsonObject { ["a"] = "a.js", ["b"] = "b.py" } },
            ("a.js", "1"), ("b.py", "#!/usr/bin/python3\n"));

        await RefusedAsync("has no package nowhere", new NpmPackage("nowhere", "latest", null));
        await RefusedAsync("fits ^7", new NpmPackage("library", "^7", null));
        await RefusedAsync("has no program", new NpmPackage("library", "latest", null));
        await RefusedAsync("has the programs a, b: name one", new NpmPackage("two", "latest", null));
        await RefusedAsync("is none for Node.js", new NpmPackage("two", "latest", "b"));
    }

    [NpmFact]
    public async Task Package_IsRefused_WhenItHasTooMuch()
    {
        PublishWithScripts();
        await using var host = await HostAsync(services => services.Configure<ImageOptions>(o => o.FilesMax = 3));

        var build = await host.Get<NpmBuilds>().RunAsync(Server, new NpmPackage("@acme/tools", "latest", null));

        Assert.Contains("more than 3 files", build.Fault?.Message, StringComparison.Ordinal);
    }

    private void PublishWithScripts()
    {
        var scripts = new JsonObject();
        foreach (var name in new[] { "preinstall", "install", "postinstall", "prepare" })
        {
            scripts[name] = $"node -e \"require('fs').writeFileSync('ran-{name}', '')\"";
        }

        _registry.Publish("dep", new JsonObject { ["scripts"] = scripts.DeepClone() }, ("index.js", "1"));
        _registry.Publish(
            "@acme/tools",
            new JsonObject
            {
                ["bin"] = new JsonObject { ["acme-tools"] = "./cli.js" },
                ["scripts"] = scripts,
                ["dependencies"] = new JsonObject { ["dep"] = "1.x" },
            },
            ("cli.js", "#!/usr/bin/env node\n"));
    }

    private async Task RefusedAsync(string words, NpmPackage package)
    {
        var build = await BringAsync(package);
        Assert.Equal(FaultReason.InvalidParams, build.Fault?.Reason);
        Assert.Contains(words, build.Fault!.Message, StringComparison.Ordinal);
    }

    private Task<NpmBuild> BringAsync(NpmPackage package) => _host.Get<NpmBuilds>().RunAsync(Server, package);

    private Task<TenantDataHost> HostAsync(Action<IServiceCollection>? configure = null) =>
        TenantDataHost.StartAsync(services =>
        {
            services.AddDeploying();
            services.Configure<NpmOptions>(options =>
            {
                options.Registry = _registry.Address;
                options.RegistryIsInternal = true;
            });
            configure?.Invoke(services);
        });
}
