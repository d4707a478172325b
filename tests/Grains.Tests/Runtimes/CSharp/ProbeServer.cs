using System.Diagnostics;
using System.Security.Claims;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Smcp.Hosting;

namespace Smcp.Runtimes.CSharp;

/// <summary>A server whose tools say where they find themselves.</summary>
[McpServer("probe", Scope = ServerScope.Session, Startup = typeof(ProbeStartup))]
[McpServerToolType]
public sealed class ProbeServer
{
    private int _calls;

    public static AsyncLocal<string?> Ambient { get; } = new();

    [McpServerTool(Name = "ambient")]
    public static string AmbientValue() => Ambient.Value ?? "nothing";

    [McpServerTool(Name = "scheduler")]
    public static bool IsOnThePool() =>
        TaskScheduler.Current == TaskScheduler.Default && Thread.CurrentThread.IsThreadPoolThread;

    [McpServerTool(Name = "trace")]
    public static string? Trace() => Activity.Current?.TraceId.ToString();

    [McpServerTool(Name = "principal")]
    public static string? Principal(ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.NameIdentifier);

    [McpServerTool(Name = "unknown_field")]
    public static string? UnknownField(RequestContext<CallToolRequestParams> request) =>
        (string?)request.JsonRpcRequest.Params?["fromTheFuture"];

    [McpServerTool(Name = "state")]
    public static long StateVersion(IServerState<ProbeState> state) => state.Version;

    [McpServerTool(Name = "calls")]
    public int Calls() => Interlocked.Increment(ref _calls);
}
