using System.Runtime.InteropServices;

namespace Smcp.Runtimes.Worker;

/// <summary>Finds workerd's program: where the options say, or as npm installs it.</summary>
internal static class WorkerdProgram
{
    /// <summary>Which release the product is tested with.</summary>
    public const string Version = "1.20261117.1";

    private const string ToolsFolder = "tools/workerd";

    /// <summary>The file; null where there is none.</summary>
    public static string? Find(WorkerRuntimeOptions options)
    {
        if (options.Workerd is { Length: > 0 } named)
        {
            return File.Exists(named) ? Path.GetFullPath(named) : null;
        }

        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            foreach (var root in (string[])[Path.Combine(folder, ToolsFolder), folder])
            {
                var file = Path.Combine(root, "node_modules", "@cloudflare", $"workerd-{Platform}", "bin", "workerd");
                if (File.Exists(file))
                {
                    return file;
                }
            }
        }

        return null;
    }

    /// <summary>What to do where there is none.</summary>
    public static string Advice(WorkerRuntimeOptions options) => options.Workerd is { Length: > 0 } named
        ? $"Smcp:Worker:Workerd names {named}, which is not there."
        : $"workerd is missing, which runs servers in JavaScript. Install it: npm ci --prefix {ToolsFolder}, or "
            + $"npm install workerd@{Version} anywhere and name its program in Smcp:Worker:Workerd.";

    /// <summary>As npm calls it.</summary>
    private static string Platform { get; } =
        (OperatingSystem.IsMacOS() ? "darwin" : "linux") + "-"
        + (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "64");
}
