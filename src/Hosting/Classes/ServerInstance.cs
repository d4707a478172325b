using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Smcp.Hosting.Classes;

/// <summary>
/// One running instance of a <see cref="ServerClass"/>: its objects, its services, and its own lists.
/// </summary>
internal sealed class ServerInstance : IAsyncDisposable
{
    private readonly AsyncServiceScope _scope;

    public ServerInstance(ServerClass server, AsyncServiceScope scope, IEnumerable<Type> parts)
    {
        _scope = scope;
        Class = server;
        Completions =
        [
            .. parts.Where(part => part.IsAssignableTo(typeof(IServerCompletions)))
                .Select(part => (IServerCompletions)scope.ServiceProvider.GetRequiredService(part)),
        ];
        Options = CreateOptions(server);
    }

    public ServerClass Class { get; }

    public IServiceProvider Services => _scope.ServiceProvider;

    public IReadOnlyList<IServerCompletions> Completions { get; }

    /// <summary>This instance's lists, and the class's filters and handlers.</summary>
    public McpServerOptions Options { get; }

    public ValueTask DisposeAsync() => _scope.DisposeAsync();

    private static McpServerOptions CreateOptions(ServerClass server)
    {
        var options = new McpServerOptions
        {
            ServerInfo = server.Info,
            ServerInstructions = server.Attribute.Instructions,
            Capabilities = new ServerCapabilities
            {
                Logging = new LoggingCapability(),
                Resources = server.Resources.Count > 0 ? new ResourcesCapability { Subscribe = true } : null,
                Completions = server.HasCompletions ? new CompletionsCapability() : null,
            },
            Handlers = server.Handlers,
            Filters = server.Filters,
            ToolCollection = [.. server.Tools],
            PromptCollection = [.. server.Prompts],
            ResourceCollection = [.. server.Resources],
            ScopeRequests = false,
        };
        return options;
    }
}
