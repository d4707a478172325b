using System.Diagnostics;
using System.IO.Compression;
using Smcp.Bench.Processes;

namespace Smcp.Bench.Peers;

/// <summary>Servers in JavaScript as they are deployed.</summary>
internal static class WorkerBundles
{
    private const string Settings =
        """{"runtime":"worker","scope":"shared","manifest":"live","worker":{"main":"main.mjs"}}""";

    /// <summary>A module that exports its tools.</summary>
    public static byte[] Exported() => Zip(File.ReadAllText(SourceOf("echo.mjs")));

    /// <summary>The same over the official SDK, as esbuild makes one module of it.</summary>
    public static byte[] WithSdk()
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
        var bundle = bundler.StandardOutput.ReadToEnd();
        bundler.WaitForExit();
        return bundler.ExitCode == 0 ? Zip(bundle) : throw new InvalidOperationException("esbuild failed.");
    }

    private static string SourceOf(string name) => Path.Combine(Workspace.Root, "bench", "peers", "workers", name);

    private static byte[] Zip(string main)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in ((string, string)[])[("smcp.json", Settings), ("main.mjs", main)])
            {
                using var writer = new StreamWriter(archive.CreateEntry(name).Open());
                writer.Write(text);
            }
        }

        return bytes.ToArray();
    }
}
