using Smcp.Bench.Processes;
using Smcp.TestSupport;

namespace Smcp.Bench.Peers;

/// <summary>The one server over stdio, and the gateways that stand before it.</summary>
internal static class StdioServer
{
    private const string Settings =
        """
        {"runtime":"process","scope":"SCOPE","manifest":"live",
        "process":{"command":"node","args":["echo.mjs"],"stateless":STATELESS}}
        """;

    public static string Script { get; } = Path.Combine(Workspace.Root, "bench", "peers", "stdio", "echo.mjs");

    /// <summary>The folder of the Node that runs it, which jails must see.</summary>
    public static string NodeFolder { get; } = FindNode();

    /// <param name="stateless">Whether one process serves all clients, as mcp-proxy has it.</param>
    /// <param name="scope">Whether they share an instance, or have one each.</param>
    public static byte[] Bundled(bool stateless, string scope = "shared") => Bundle.Of(
        Settings.Replace("STATELESS", stateless ? "true" : "false", StringComparison.Ordinal)
            .Replace("SCOPE", scope, StringComparison.Ordinal),
        ("echo.mjs", File.ReadAllText(Script)));

    /// <summary>npm's mcp-proxy: one process for all.</summary>
    public static MeasuredServer McpProxy()
    {
        var port = FreePorts.Take(1)[0];
        return new MeasuredServer(
            "node",
            [Package("mcp-proxy", "dist/bin/mcp-proxy.mjs"), "--host", "127.0.0.1", "--port", $"{port}", "--server",
                "stream", "--", "node", Script],
            new Uri($"http://127.0.0.1:{port}/mcp"));
    }

    /// <summary>npm's supergateway: a process for each session.</summary>
    public static MeasuredServer Supergateway()
    {
        var port = FreePorts.Take(1)[0];
        return new MeasuredServer(
            "node",
            [Package("supergateway", "dist/index.js"), "--stdio", $"node {Script}", "--outputTransport",
                "streamableHttp", "--stateful", "--port", $"{port}"],
            new Uri($"http://127.0.0.1:{port}/mcp"));
    }

    private static string Package(string name, string program) =>
        Path.Combine(Workspace.Root, "bench", "peers", "gateways", "node_modules", name, program);

    private static string FindNode()
    {
        var program = Environment.GetEnvironmentVariable("PATH")!.Split(':')
            .Select(folder => Path.Combine(folder, "node")).First(File.Exists);
        var file = new FileInfo(program).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? program;
        return Path.GetDirectoryName(Path.GetDirectoryName(file))!;
    }
}
