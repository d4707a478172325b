using Smcp.EndToEnd.Serving;

namespace Smcp.EndToEnd.Runtimes;

/// <summary>esbuild, as people bundle a server: a script and all that it imports in one module.</summary>
internal static class Bundler
{
    private static readonly string[] ForNode = ["--platform=node"];

    // What Cloudflare's own tools ask packages for.
    private static readonly string[] ForWorkers =
    [
        "--platform=browser", "--conditions=workerd,worker,browser", "--main-fields=browser,module,main",
        "--external:cloudflare:*", "--external:node:*", "--alias:path=node:path",
    ];

    /// <param name="folder">The folder of this project that has the script and its packages.</param>
    /// <param name="script">The script.</param>
    /// <param name="isWorker">Whether it is for a worker; else for Node.</param>
    public static async Task<byte[]> BundleAsync(string folder, string script, bool isWorker)
    {
        using var made = new DataFolder();
        var file = Path.Combine(made.Path, "bundle.mjs");
        var run = await ChildProgram.RunAsync(
            Workspace.Node,
            [
                Workspace.Package(folder, "esbuild/bin/esbuild"), Path.Combine(Workspace.Scripts, folder, script),
                "--bundle", "--format=esm", "--log-level=warning", $"--outfile={file}",
                .. isWorker ? ForWorkers : ForNode,
            ]);
        Assert.True(run.ExitCode == 0, run.Said);
        return await File.ReadAllBytesAsync(file);
    }
}
