using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Smcp.Hosting.State;

namespace Smcp.Hosting.Classes;

/// <summary>
/// A class with <see cref="McpServerAttribute"/>, read once: its services and everything that it serves. Its instances
/// share the SDK's tool
/// objects, which are dear to make; each has its own lists, services of the scope, and state.
/// </summary>
internal sealed class ServerClass : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly McpServerOptions _template;
    private readonly Type[] _parts;
    private readonly Type[] _injectedStates;

    private ServerClass(Type type, McpServerAttribute attribute, ServiceProvider services, IServerStartup? startup)
    {
        _services = services;
        _parts = [type, .. attribute.Parts];
        Type = type;
        Attribute = attribute;
        var primitives = new ServerPrimitives(services);
        foreach (var part in _parts)
        {
            primitives.AddFrom(part);
        }

        _template = new McpServerOptions { ToolCollection = [], PromptCollection = [], ResourceCollection = [] };
        startup?.ConfigureServer(_template);
        Tools = [.. primitives.Tools, .. _template.ToolCollection];
        Prompts = [.. primitives.Prompts, .. _template.PromptCollection];
        Resources = [.. primitives.Resources, .. _template.ResourceCollection];
        TaskTools = primitives.Tasks;
        _injectedStates =
        [
            .. primitives.Parameters.Select(parameter => parameter.ParameterType).Where(IsState).Distinct(),
        ];
        Info = new Implementation
        {
            Name = attribute.Name,
            Title = attribute.Title,
            Description = attribute.Description,
            Version = VersionOf(type),
        };
    }

    /// <summary>The server's version: what its attribute says, or its assembly's.</summary>
    public static string VersionOf(Type type) =>
        type.GetCustomAttribute<McpServerAttribute>()?.Version
        ?? type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? type.Assembly.GetName().Version?.ToString()
        ?? "0.0.0";

    public Type Type { get; }

    public McpServerAttribute Attribute { get; }

    public Implementation Info { get; }

    public IReadOnlyList<McpServerTool> Tools { get; }

    public IReadOnlyList<McpServerPrompt> Prompts { get; }

    public IReadOnlyList<McpServerResource> Resources { get; }

    /// <summary>The tools that may or must run as tasks.</summary>
    public IReadOnlyDictionary<string, McpTaskAttribute> TaskTools { get; }

    public McpServerFilters Filters => _template.Filters;

    public McpServerHandlers Handlers => _template.Handlers;

    public IList<McpServerRequestHandler> RequestHandlers => _template.RequestHandlers ?? [];

    public bool HasCompletions => _parts.Any(part => part.IsAssignableTo(typeof(IServerCompletions)));

    /// <summary>Reads a class. <paramref name="replace"/> has the last word on its services.</summary>
    /// <exception cref="ServerClassException">It cannot be served.</exception>
    public static ServerClass Load(
        Type type, ILoggerFactory loggerFactory, TimeProvider time, Action<IServiceCollection>? replace = null)
    {
        var problems = ServerClassRules.Check(type);
        if (problems.Count > 0)
        {
            throw new ServerClassException(type.FullName!, problems);
        }

        var attribute = type.GetCustomAttribute<McpServerAttribute>()!;
        var startup = attribute.Startup is null ? null : (IServerStartup)Activator.CreateInstance(attribute.Startup)!;
        var collection = Collect([type, .. attribute.Parts], startup, loggerFactory, time);
        replace?.Invoke(collection);
        var services = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
        try
        {
            var loaded = new ServerClass(type, attribute, services, startup);
            problems = ServerClassRules.Check(loaded);
            return problems.Count == 0 ? loaded : throw new ServerClassException(type.FullName!, problems);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or McpException)
        {
            services.Dispose();
            throw new ServerClassException(type.FullName!, [exception.Message]);
        }
    }

    /// <summary>The server classes of an assembly, in the order of their names.</summary>
    public static IReadOnlyList<Type> Find(Assembly assembly) =>
    [
        .. assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(McpServerAttribute), inherit: false))
            .OrderBy(type => type.FullName, StringComparer.Ordinal),
    ];

    /// <summary>Makes an instance: constructs its objects, and loads the state that was injected into them.</summary>
    public async ValueTask<ServerInstance> StartInstanceAsync(IInstanceHost host, CancellationToken cancellationToken)
    {
        var scope = _services.CreateAsyncScope();
        try
        {
            var binding = scope.ServiceProvider.GetRequiredService<InstanceBinding>();
            binding.Bind(host);
            foreach (var service in _parts.Where(IsConstructed).Concat(_injectedStates))
            {
                scope.ServiceProvider.GetRequiredService(service);
            }

            foreach (var state in binding.States)
            {
                await state.LoadAsync(cancellationToken);
            }

            return new ServerInstance(this, scope, _parts);
        }
        catch
        {
            await scope.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    internal static bool IsConstructed(Type part) => !(part.IsAbstract && part.IsSealed);

    private static ServiceCollection Collect(
        Type[] parts, IServerStartup? startup, ILoggerFactory loggerFactory, TimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddSingleton(loggerFactory);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddSingleton(time);
        startup?.ConfigureServices(services);
        services.AddScoped<InstanceBinding>();
        services.AddScoped<IServerNotifier>(provider => provider.GetRequiredService<InstanceBinding>());
        services.AddScoped<IStreamControl, FixedStream>();
        services.AddScoped(typeof(IServerState<>), typeof(ServerState<>));
        services.AddScoped(provider => provider.GetRequiredService<InstanceBinding>().Host.Secrets);
        services.AddScoped(provider => provider.GetRequiredService<InstanceBinding>().Host.KeyValues);
        services.AddScoped(provider => provider.GetRequiredService<InstanceBinding>().Host.Objects);
        foreach (var part in parts.Where(IsConstructed))
        {
            services.TryAddScoped(part);
        }

        return services;
    }

    private static bool IsState(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IServerState<>);
}
