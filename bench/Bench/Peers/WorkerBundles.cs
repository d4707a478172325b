using System.Diagnostics;
using Smcp.Bench.Processes;

namespace Smcp.Bench.Peers;

/// <summary>Servers in JavaScript as they are deployed.</summary>
internal static class WorkerBundles
{
    /// <summary>A module that exports its tools.</summary>
    public static byte[] Exported(string scope = "shared") =>
        Bundle.Of(Settings(scope), ("main.mjs", File.ReadAllText(SourceOf("echo.mjs"))));

    /// <summary>The same over the official SDK, as esbuild makes one module of it.</summary>
    public static byte[] WithSdk(string scope = "shared") =>
        Bundle.Of(Settings(scope), ("main.mjs", SdkModule()));

    public static string SdkModule()
    {
        var packages = Path.Combine(Workspace.Root, "tests", "EndToEnd.Tests", "workers", "node_modules");
        var start = new ProcessStartInfo(
            Path.Combine(packages, ".bin", "esbuild"),
            [SourceOf("sdk.mjs"), "--bundle", "--format=esm", "--minify", "--conditions=workerd"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["NODE_PATH"] = packages;
        using var bundler = Process.Start(start)!;
        var module = bundler.StandardOutput.ReadToEnd();
        bundler.WaitForExit();
        return bundler.ExitCode == 0 ? module : throw new InvalidOperationException("esbuild failed.");
    }

    private static string Settings(string scope) =>
        $$$"""{"runtime":"worker","scope":"{{{scope}}}","manifest":"live","worker":{"main":"main.mjs"}}""";

    private static string SourceOf(string name) => Path.Combine(Workspace.Root, "bench", "peers", "workers", name);
}
