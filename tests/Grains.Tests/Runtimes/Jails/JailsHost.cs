using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Identity;
using Smcp.Servers;
using Runner = System.Diagnostics.Process;

namespace Smcp.Runtimes.Jails;

/// <summary>The product's jails, with a real jailer and bubblewrap.</summary>
internal sealed class JailsHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public JailsHost(params (string Key, string Value)[] settings) => _services = new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build())
        .AddSingleton(TimeProvider.System)
        .AddLogging()
        .AddSingleton<IJails>(provider => provider.GetRequiredService<JailerJails>())
        .AddJails()
        .BuildServiceProvider();

    public IJails Jails => _services.GetRequiredService<IJails>();

    public JailFolder Folder => _services.GetRequiredService<JailFolder>();

    /// <summary>Ends the jailer as a crash would.</summary>
    public async Task EndJailerAsync()
    {
        using var jailer = Runner.GetProcessById(
            _services.GetRequiredService<JailerProcess>().ProcessId ?? throw new InvalidOperationException());
        jailer.Kill();
        await jailer.WaitForExitAsync();
    }

    public static JailStart Shell(string script, string tenant = "default") => new()
    {
        Tenant = TenantId.Parse(tenant),
        Server = ServerId.Parse("program"),
        Executable = "/bin/sh",
        Arguments = ["-c", script],
        Limits = new JailLimits(),
    };

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
