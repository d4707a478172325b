using System.Collections.Frozen;
using Smcp.Hosting.Classes;
using Smcp.Protocol;
using Smcp.Servers;

namespace Smcp.Runtimes.CSharp;

/// <summary>A server class with its handlers, made once and shared by all of its instances.</summary>
internal sealed class CSharpServer
{
    public CSharpServer(ServerClass served, ServerDefinition definition, CSharpRuntimeOptions options)
    {
        Class = served;
        TaskTools = served.TaskTools.ToFrozenDictionary(
            pair => pair.Key,
            pair => pair.Value.Required ? TaskSupport.Required : TaskSupport.Optional,
            StringComparer.Ordinal);
        Definition = definition;
        var results = new ResultWriter(served.Info);
        var requests = new RequestFactory(results, options);
        var handlers = new Dictionary<string, RequestHandler>(StringComparer.Ordinal);
        SessionHandlers.AddTo(handlers, this, results);
        ToolHandlers.AddTo(handlers, this, requests);
        PromptHandlers.AddTo(handlers, served, requests);
        ResourceHandlers.AddTo(handlers, served, requests);
        CompletionHandler.AddTo(handlers, served, requests);
        foreach (var custom in served.RequestHandlers)
        {
            handlers.TryAdd(custom.Method, RequestFactory.Raw(custom));
        }

        Handlers = handlers.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public ServerClass Class { get; }

    public ServerDefinition Definition { get; }

    public IReadOnlyDictionary<string, TaskSupport> TaskTools { get; }

    /// <summary>The methods served, by name.</summary>
    public FrozenDictionary<string, RequestHandler> Handlers { get; }

    /// <summary>How an instance describes itself.</summary>
    public ServerDescription Describe(ServerInstance instance) =>
        new(instance, Handlers.ContainsKey(McpMethods.Complete));
}
