using System.Globalization;
using System.Text.Json;
using Smcp.Network.Egress.Proxying;
using Smcp.Runtimes.Jails;

namespace Smcp.Servers.Deploying.Importing.Npm;

/// <summary>The build jail: npm with no configuration but ours, and no way out but to the registry.</summary>
internal static class NpmJail
{
    /// <summary>npm is not on the jail's path.</summary>
    public const int NoNpm = 101;

    private const string Folder = "/build";
    private const string ScriptResource = "Smcp.Servers.Deploying.bring.mjs";
    private const int ProxyPort = 3128;

    private static readonly string Script = ReadScript();

    public static JailStart OrderOf(ServerKey server, NpmPackage package, NpmOptions options) => new()
    {
        Tenant = server.Tenant,
        Server = server.Server,
        Executable = "node",
        Arguments = ["--input-type=module", "--eval", Script],
        Environment = EnvironmentOf(package, options),
        WorkingFolder = Folder,
        Scratch = new Dictionary<string, long> { [Folder] = options.ScratchBytes },
        LoopbackPorts = [ProxyPort],
        Limits = new JailLimits
        {
            MemoryBytes = options.MemoryBytes,
            FileBytes = options.ScratchBytes,
            TemporaryBytes = options.ScratchBytes,
            Life = options.Deadline,
        },
    };

    /// <summary>Where it may connect to: the registry's host and port.</summary>
    public static EgressOwner OwnerOf(ServerKey server, NpmOptions options)
    {
        var registry = new Uri(options.Registry);
        var place = string.Create(CultureInfo.InvariantCulture, $"{registry.Host}:{registry.Port}");
        return new EgressOwner(server.Tenant, server.Server, [place]) { MayBeInternal = options.RegistryIsInternal };
    }

    /// <summary>
    /// npm reads its configuration from variables before any file (npm config, "Environment Variables").
    /// </summary>
    private static Dictionary<string, string> EnvironmentOf(NpmPackage package, NpmOptions options)
    {
        var proxy = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ProxyPort}");
        var environment = new Dictionary<string, string>
        {
            ["SMCP_PACKAGE"] = JsonSerializer.Serialize(new { name = package.Name, range = package.Range }),
            ["npm_config_registry"] = options.Registry,
            ["npm_config_proxy"] = proxy,
            ["npm_config_https_proxy"] = proxy,
            ["npm_config_ignore_scripts"] = "true",
            ["npm_config_bin_links"] = "false",
            ["npm_config_omit"] = "dev",
            ["npm_config_audit"] = "false",
            ["npm_config_fund"] = "false",
            ["npm_config_update_notifier"] = "false",
            ["npm_config_progress"] = "false",
            ["npm_config_loglevel"] = "error",
            ["npm_config_logs_max"] = "0",
            ["npm_config_cache"] = "/tmp/cache",
            ["npm_config_userconfig"] = "/tmp/user.npmrc",
            ["npm_config_globalconfig"] = "/tmp/global.npmrc",
            ["npm_config_fetch_retries"] = "1",
        };
        if (options.AuthoritiesFile is { } file)
        {
            environment["npm_config_cafile"] = file;
        }

        return environment;
    }

    private static string ReadScript()
    {
        using var stream = typeof(NpmJail).Assembly.GetManifestResourceStream(ScriptResource)
            ?? throw new InvalidOperationException("The program of the build jail is not in the assembly.");
        return new StreamReader(stream).ReadToEnd();
    }
}
