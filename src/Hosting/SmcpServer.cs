using System.Reflection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;
using Smcp.Hosting.Classes;
using Smcp.Hosting.Data;
using Smcp.Hosting.Running;
using Smcp.Hosting.Secrets;
using Smcp.Hosting.State;

namespace Smcp.Hosting;

/// <summary>Runs a server by itself, over stdio, so that any MCP client can start it.</summary>
public static class SmcpServer
{
    /// <summary>
    /// Serves the <c>[McpServer]</c> class of the program until its input ends. State goes to files; the log goes to
    /// standard error.
    /// <c>--server NAME</c> chooses among several classes, <c>--data DIR</c> says where state is kept. Secrets are
    /// environment variables, <c>SMCP_SECRET_name</c>. Returns the exit code.
    /// </summary>
    public static Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default) =>
        RunAsync(Assembly.GetEntryAssembly()!, args, cancellationToken);

    /// <summary>The same for the classes of an assembly.</summary>
    public static async Task<int> RunAsync(
        Assembly assembly, string[] args, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        ArgumentNullException.ThrowIfNull(args);
        using var loggerFactory = LoggerFactory.Create(logging => logging.AddConsole(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        try
        {
            var choice = RunArguments.Parse(args).Choose(assembly);
            await using var served = ServerClass.Load(choice.Type, loggerFactory, TimeProvider.System);
            using var store = new FileStateStore(choice.DataFolder);
            var data = new InstanceData(
                store,
                new EnvironmentSecrets(),
                new StateKeyValues(store, TimeProvider.System),
                new StateObjects(store, TimeProvider.System));
            await using var transport = new StdioServerTransport(served.Info.Name, loggerFactory);
            await using var session = await SdkSession.StartAsync(
                served, transport, data, loggerFactory, cancellationToken);
            await session.Completion;
            return 0;
        }
        catch (Exception exception) when (exception is RunArgumentException or ServerClassException or IOException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
    }
}
