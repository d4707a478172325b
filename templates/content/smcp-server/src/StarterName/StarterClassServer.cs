using System.ComponentModel;
using ModelContextProtocol.Server;
using Smcp.Hosting;

namespace StarterNamespace;

/// <summary>The server: each method with [McpServerTool] is a tool.</summary>
[McpServer("starter-name", Description = "Greets, and remembers how often.")]
[McpServerToolType]
public sealed class StarterClassServer(IServerState<StarterClassState> state)
{
    [McpServerTool(Name = "greet"), Description("Greets somebody, and counts how often.")]
    public async Task<string> GreetAsync(
        [Description("Whom to greet.")] string name, CancellationToken cancellationToken)
    {
        // Durable when it returns. Changes are made one after another, so none is lost when calls run at once.
        var greeted = await state.UpdateAsync(
            current => current with { Count = current.Count + 1 }, cancellationToken);
        return $"Hello, {name}. You are number {greeted.Count}.";
    }
}
