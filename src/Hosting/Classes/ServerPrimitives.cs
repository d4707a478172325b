using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace Smcp.Hosting.Classes;

/// <summary>
/// Makes the SDK's tools, prompts and resources of a class's attributed methods, in the order they are declared.
/// </summary>
internal sealed class ServerPrimitives(IServiceProvider services)
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    public List<McpServerTool> Tools { get; } = [];

    public List<McpServerPrompt> Prompts { get; } = [];

    public List<McpServerResource> Resources { get; } = [];

    public Dictionary<string, McpTaskAttribute> Tasks { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// The parameters of all methods: what among them is a service must exist when an instance starts.
    /// </summary>
    public List<ParameterInfo> Parameters { get; } = [];

    public void AddFrom(Type part)
    {
        foreach (var method in part.GetMethods(Declared).OrderBy(method => method.MetadataToken))
        {
            if (method.IsDefined(typeof(McpServerToolAttribute)))
            {
                Tools.Add(CreateTool(part, method));
            }
            else if (method.IsDefined(typeof(McpServerPromptAttribute)))
            {
                Prompts.Add(CreatePrompt(part, method));
            }
            else if (method.IsDefined(typeof(McpServerResourceAttribute)))
            {
                Resources.Add(CreateResource(part, method));
            }
            else
            {
                continue;
            }

            Parameters.AddRange(method.GetParameters());
        }
    }

    private McpServerTool CreateTool(Type part, MethodInfo method)
    {
        var options = new McpServerToolCreateOptions { Services = services };
        var tool = method.IsStatic
            ? McpServerTool.Create(method, target: null, options)
            : McpServerTool.Create(method, request => request.Services!.GetRequiredService(part), options);
        if (method.GetCustomAttribute<McpInputSchemaAttribute>() is { } schema)
        {
            tool.ProtocolTool.InputSchema = JsonElement.Parse(schema.Json);
        }

        if (method.GetCustomAttribute<McpTaskAttribute>() is { } task)
        {
            Tasks[tool.ProtocolTool.Name] = task;
        }

        return tool;
    }

    private McpServerPrompt CreatePrompt(Type part, MethodInfo method)
    {
        var options = new McpServerPromptCreateOptions { Services = services };
        return method.IsStatic
            ? McpServerPrompt.Create(method, target: null, options)
            : McpServerPrompt.Create(method, request => request.Services!.GetRequiredService(part), options);
    }

    private McpServerResource CreateResource(Type part, MethodInfo method)
    {
        var options = new McpServerResourceCreateOptions { Services = services };
        return method.IsStatic
            ? McpServerResource.Create(method, target: null, options)
            : McpServerResource.Create(method, request => request.Services!.GetRequiredService(part), options);
    }
}
