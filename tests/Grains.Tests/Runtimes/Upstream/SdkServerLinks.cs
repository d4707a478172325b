using System.IO.Pipelines;
using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Smcp.Runtimes.CSharp;

namespace Smcp.Runtimes.Upstream;

/// <summary>Links to the contract's server under the official SDK, one a link, by lines over pipes in memory.</summary>
internal sealed class SdkServerLinks(UpstreamEra? era) : IUpstreamLinks
{
    public bool IsShared { get; init; }

    public UpstreamEra? Era => era;

    public ValueTask<UpstreamOpening> OpenAsync(UpstreamClient client, CancellationToken cancellationToken)
    {
        var toServer = new Pipe();
        var fromServer = new Pipe();
        var options = new McpServerOptions
        {
            ServerInfo = new Implementation { Name = "contract", Version = "1" },
            ToolCollection = [.. Tools()],
        };
        var transport = new StreamServerTransport(
            toServer.Reader.AsStream(), fromServer.Writer.AsStream(), "contract", NullLoggerFactory.Instance);
        var server = McpServer.Create(transport, options, NullLoggerFactory.Instance, null);
        _ = server.RunAsync(CancellationToken.None);
        return new(UpstreamOpening.Opened(new StreamLink(
            fromServer.Reader.AsStream(),
            toServer.Writer.AsStream(),
            new UpstreamRuntimeOptions(),
            TimeProvider.System,
            NullLogger.Instance,
            server)));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static IEnumerable<McpServerTool> Tools() =>
        from method in typeof(ContractServer).GetMethods(BindingFlags.Public | BindingFlags.Static)
        where method.GetCustomAttribute<McpServerToolAttribute>() is not null
        select McpServerTool.Create(method);
}
