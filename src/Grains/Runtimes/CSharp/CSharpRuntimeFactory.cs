using Microsoft.Extensions.Logging;
using Smcp.Servers;

namespace Smcp.Runtimes.CSharp;

/// <summary>Starts instances of the registered C# servers.</summary>
internal sealed class CSharpRuntimeFactory(CSharpServerCatalog catalog, ILoggerFactory loggerFactory)
    : IServerRuntimeFactory
{
    private readonly ILogger _logger = loggerFactory.CreateLogger<CSharpRuntime>();

    /// <inheritdoc/>
    public RuntimeKind Kind => RuntimeKind.CSharp;

    /// <inheritdoc/>
    public async ValueTask<IServerRuntime> StartAsync(
        RuntimeStart start, IRuntimeEvents events, CancellationToken cancellationToken)
    {
        var server = catalog.Server(start.Definition.Source)
            ?? throw new InvalidOperationException($"No C# server '{start.Definition.Source}' is registered here.");

        // Constructors are the author's code: they run off the grain's scheduler too.
        var instance = await Task.Run(
            () => server.Class.StartInstanceAsync(new InstanceHost(start, events), cancellationToken).AsTask(),
            cancellationToken);
        return new CSharpRuntime(server, instance, events, _logger);
    }
}
