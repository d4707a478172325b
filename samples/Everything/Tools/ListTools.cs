using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Smcp.Hosting;
using Smcp.Samples.Everything.Resources;

namespace Smcp.Samples.Everything.Tools;

/// <summary>Tools that change what the server lists, so that clients are told.</summary>
[McpServerToolType]
public sealed class ListTools(WatchedResource watched, IServerNotifier notifier)
{
    [McpServerTool(Name = "test_trigger_tool_change"), Description("Adds a tool to the list, or removes it.")]
    public static string ChangeTools(McpServer server)
    {
        var tools = server.ServerOptions.ToolCollection!;
        return tools.TryGetPrimitive("test_dynamic_tool", out var present)
            ? Removed(tools.Remove(present))
            : Added(tools.TryAdd(McpServerTool.Create(
                () => "A tool that was not always there.",
                new McpServerToolCreateOptions { Name = "test_dynamic_tool", Description = "Comes and goes." })));
    }

    [McpServerTool(Name = "test_trigger_prompt_change"), Description("Adds a prompt to the list, or removes it.")]
    public static string ChangePrompts(McpServer server)
    {
        var prompts = server.ServerOptions.PromptCollection!;
        return prompts.TryGetPrimitive("test_dynamic_prompt", out var present)
            ? Removed(prompts.Remove(present))
            : Added(prompts.TryAdd(McpServerPrompt.Create(
                () => new PromptMessage { Role = Role.User, Content = new TextContentBlock { Text = "Hello." } },
                new McpServerPromptCreateOptions { Name = "test_dynamic_prompt", Description = "Comes and goes." })));
    }

    [McpServerTool(Name = "test_trigger_resource_change"), Description("Adds a resource to the list, or removes it.")]
    public static string ChangeResources(McpServer server)
    {
        var resources = server.ServerOptions.ResourceCollection!;
        return resources.TryGetPrimitive("test://dynamic", out var present)
            ? Removed(resources.Remove(present))
            : Added(resources.TryAdd(McpServerResource.Create(
                () => "A resource that was not always there.",
                new McpServerResourceCreateOptions { UriTemplate = "test://dynamic", Name = "dynamic" })));
    }

    [McpServerTool(Name = "test_trigger_resource_update"), Description("Changes the watched resource.")]
    public string UpdateResource()
    {
        var revision = watched.Change();
        notifier.ResourceUpdated(WatchedResource.Uri);
        return $"The watched resource is at revision {revision}.";
    }

    private static string Added(bool done) => done ? "Added." : "Another call added it.";

    private static string Removed(bool done) => done ? "Removed." : "Another call removed it.";
}
