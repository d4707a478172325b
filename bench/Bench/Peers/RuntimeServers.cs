using Smcp.Bench.Processes;
using Smcp.TestSupport;

namespace Smcp.Bench.Peers;

/// <summary>The servers that stand behind runtimes, with nothing before them.</summary>
internal static class RuntimeServers
{
    private const string Configuration =
        """
        using Workerd = import "/workerd/workerd.capnp";
        const config :Workerd.Config = (
          services = [(name = "worker", worker = (
            modules = [(name = "main.mjs", esModule = embed "main.mjs")], compatibilityDate = "2026-08-01"))],
          sockets = [(name = "http", address = "127.0.0.1:PORT", http = (), service = "worker")]);
        """;

    /// <summary>workerd without a jail, with the worker over the official SDK.</summary>
    /// <param name="folder">Where its configuration is written.</param>
    public static MeasuredServer Workerd(string folder)
    {
        var port = FreePorts.Take(1)[0];
        File.WriteAllText(Path.Combine(folder, "main.mjs"), WorkerBundles.SdkModule());
        var configuration = Path.Combine(folder, "config.capnp");
        File.WriteAllText(configuration, Configuration.Replace("PORT", $"{port}", StringComparison.Ordinal));
        var packages = Path.Combine(Workspace.Root, "tools", "workerd", "node_modules", "@cloudflare");
        var program = Path.Combine(Directory.GetDirectories(packages, "workerd-linux-*").First(), "bin", "workerd");
        return new MeasuredServer(program, ["serve", configuration], new Uri($"http://127.0.0.1:{port}/"));
    }

    /// <summary>What lets Smcp reach a server on this machine, and run a program with this Node.</summary>
    public static IEnumerable<string> Options(Uri? elsewhere = null) =>
    [
        $"--Smcp:Jails:Folders:0={StdioServer.NodeFolder}",
        "--Smcp:Remote:RequireTls=false",
        .. elsewhere is null
            ? Array.Empty<string>()
            : [$"--Smcp:EgressProxy:InternalPlaces:0={elsewhere.Host}:{elsewhere.Port}"],
    ];

    /// <summary>The settings of a server elsewhere.</summary>
    public static byte[] Remote(Uri elsewhere) => Bundle.Of(
        $$$"""{"runtime":"remote","scope":"shared","manifest":"live","remote":{"url":"{{{elsewhere}}}"}}""");
}
