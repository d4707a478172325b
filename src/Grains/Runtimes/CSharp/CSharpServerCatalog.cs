using System.Collections.Frozen;
using System.Reflection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Hosting;
using Smcp.Hosting.Classes;
using Smcp.Servers;

namespace Smcp.Runtimes.CSharp;

/// <summary>
/// The C# servers of this process: those of the assemblies it was built with, and of the files it was told to load.
/// A class is read when it is first needed, or by <see cref="CSharpServerWarmup"/>: its tools' schemas take a while to
/// make, and the process should be ready before.
/// </summary>
internal sealed class CSharpServerCatalog : IServerCatalog, IAsyncDisposable
{
    private readonly FrozenDictionary<string, Entry> _entries;

    /// <exception cref="ServerClassException">A class cannot be served, as far as can be seen without reading
    /// it.</exception>
    public CSharpServerCatalog(
        IEnumerable<CSharpServerAssembly> assemblies,
        IOptions<CSharpRuntimeOptions> options,
        ILoggerFactory loggerFactory,
        TimeProvider time)
    {
        var entries = new Dictionary<string, Entry>(StringComparer.Ordinal);
        var loaded = assemblies.Select(registered => registered.Assembly)
            .Concat(options.Value.Assemblies.Select(PluginLoadContext.Load));
        foreach (var type in loaded.Distinct().SelectMany(ServerClass.Find))
        {
            var named = Define(type);
            var definition = named with
            {
                PoolMembers = named.PoolMembers > 0 ? named.PoolMembers : options.Value.PoolMembers,
                Access = new ServerAccess { Kind = options.Value.Access ?? ServerAccessKind.Tenant },
            };
            var server = new Lazy<CSharpServer>(
                () => new CSharpServer(ServerClass.Load(type, loggerFactory, time), definition, options.Value));
            if (!entries.TryAdd(definition.Source, new Entry(definition, server)))
            {
                throw new ServerClassException(type.FullName!, [$"There is another server '{definition.Source}'."]);
            }
        }

        _entries = entries.ToFrozenDictionary(StringComparer.Ordinal);
        Servers =
        [
            .. _entries.Values
                .Select(entry => entry.Definition)
                .OrderBy(definition => definition.Source, StringComparer.Ordinal),
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<ServerDefinition> Servers { get; }

    /// <summary>What a class says of itself as a server.</summary>
    /// <exception cref="ServerClassException">It cannot be served.</exception>
    public static ServerDefinition Define(Type type)
    {
        var problems = ServerClassRules.Check(type);
        if (problems.Count > 0)
        {
            throw new ServerClassException(type.FullName!, problems);
        }

        var attribute = type.GetCustomAttribute<McpServerAttribute>()!;
        return new ServerDefinition
        {
            Id = ServerId.Parse(attribute.Name),
            Runtime = RuntimeKind.CSharp,
            Scope = attribute.Scope switch
            {
                ServerScope.Session => InstanceScope.Session,
                ServerScope.Pool => InstanceScope.Pool,
                _ => InstanceScope.Shared,
            },
            PoolMembers = attribute.PoolMembers,
            Source = attribute.Name,
            Version = ServerClass.VersionOf(type),
            Description = attribute.Description,
        };
    }

    /// <inheritdoc/>
    public ServerDefinition? Find(ServerId id) => _entries.GetValueOrDefault(id.ToString())?.Definition;

    /// <summary>The server of this name, read if it was not yet; null where there is none.</summary>
    /// <exception cref="ServerClassException">Its class cannot be served.</exception>
    public CSharpServer? Server(string name) => _entries.GetValueOrDefault(name)?.Server.Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var entry in _entries.Values.Where(entry => entry.Server.IsValueCreated))
        {
            await entry.Server.Value.Class.DisposeAsync();
        }
    }

    private sealed record Entry(ServerDefinition Definition, Lazy<CSharpServer> Server);
}
