using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Hosting.Classes;
using Smcp.Servers;

namespace Smcp.Runtimes.CSharp;

/// <summary>
/// The C# servers of this process: those of the assemblies it was built with, and of the files it was told to load.
/// </summary>
internal sealed class CSharpServerCatalog : IServerCatalog, IAsyncDisposable
{
    private readonly FrozenDictionary<string, CSharpServer> _servers;

    public CSharpServerCatalog(
        IEnumerable<CSharpServerAssembly> assemblies,
        IOptions<CSharpRuntimeOptions> options,
        ILoggerFactory loggerFactory,
        TimeProvider time)
    {
        var servers = new Dictionary<string, CSharpServer>(StringComparer.Ordinal);
        var loaded = assemblies.Select(registered => registered.Assembly)
            .Concat(options.Value.Assemblies.Select(PluginLoadContext.Load));
        foreach (var type in loaded.Distinct().SelectMany(ServerClass.Find))
        {
            var server = new CSharpServer(ServerClass.Load(type, loggerFactory, time), options.Value);
            if (!servers.TryAdd(server.Definition.Source, server))
            {
                throw new ServerClassException(
                    type.FullName!, [$"There is another server '{server.Definition.Source}'."]);
            }
        }

        _servers = servers.ToFrozenDictionary(StringComparer.Ordinal);
        Servers =
        [
            .. _servers.Values
                .Select(server => server.Definition)
                .OrderBy(definition => definition.Source, StringComparer.Ordinal),
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<ServerDefinition> Servers { get; }

    /// <inheritdoc/>
    public ServerDefinition? Find(ServerId id) => Server(id.ToString())?.Definition;

    public CSharpServer? Server(string name) => _servers.GetValueOrDefault(name);

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
        {
            await server.Class.DisposeAsync();
        }
    }
}
