using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Smcp.Storage;

/// <summary>
/// Puts the failpoint that SMCP_FAILPOINT names into an unchanged Smcp: the runtime loads this assembly first when
/// DOTNET_STARTUP_HOOKS names it, and it adds the service when the host is built. So the product has no switch for it.
/// </summary>
/// <remarks>The runtime looks for this name, outside any namespace.</remarks>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("SMCP_FAILPOINT") is { Length: > 0 } name)
        {
            DiagnosticListener.AllListeners.Subscribe(new Listeners(name));
        }
    }

    /// <summary>Finds the listener by which hosting tells of a host that is being built.</summary>
    private sealed class Listeners(string name) : IObserver<DiagnosticListener>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.Extensions.Hosting")
            {
                value.Subscribe(new HostBuilds(name));
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }

    private sealed class HostBuilds(string name) : IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value is { Key: "HostBuilding", Value: IHostBuilder builder })
            {
                builder.ConfigureServices(services => services.AddSingleton(Failpoint.Parse(name)));
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
