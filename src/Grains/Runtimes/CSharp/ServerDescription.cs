using ModelContextProtocol.Protocol;
using Smcp.Hosting.Classes;
using Smcp.Protocol;

namespace Smcp.Runtimes.CSharp;

/// <summary>What an instance says of itself, to clients with a session and without.</summary>
internal sealed class ServerDescription(ServerInstance instance, bool completes)
{
    public InitializeResult Initialized(McpRevision revision) => new()
    {
        ProtocolVersion = revision.Value,
        ServerInfo = instance.Class.Info,
        Instructions = instance.Options.ServerInstructions,
        Capabilities = Capabilities(),
    };

    public DiscoverResult Discovered() => new()
    {
        SupportedVersions = [.. McpRevision.Supported.Select(revision => revision.Value)],
        Instructions = instance.Options.ServerInstructions,
        Capabilities = Capabilities(),
    };

    private ServerCapabilities Capabilities()
    {
        var served = instance.Class;
        return new ServerCapabilities
        {
            Logging = new LoggingCapability(),
            Tools = ToolHandlers.IsServed(served) ? new ToolsCapability { ListChanged = true } : null,
            Prompts = PromptHandlers.IsServed(served) ? new PromptsCapability { ListChanged = true } : null,
            Resources = ResourceHandlers.IsServed(served)
                ? new ResourcesCapability { ListChanged = true, Subscribe = true }
                : null,
            Completions = completes ? new CompletionsCapability() : null,
        };
    }
}
