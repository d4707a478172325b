using ModelContextProtocol.Server;

namespace Smcp.Hosting.Classes;

/// <summary>Classes that cannot be served, each for its own reason.</summary>
internal static class BrokenServers
{
    [McpServer("Has Spaces")]
    public sealed class BadName;

    [McpServer("abstract")]
    public abstract class Abstract;

    [McpServer("startup", Startup = typeof(string))]
    public sealed class BadStartup;

    [McpServer("schema")]
    public sealed class BadSchema
    {
        [McpServerTool, McpInputSchema("[]")]
        public static string Tool() => string.Empty;
    }

    [McpServer("twice")]
    public sealed class SameToolTwice
    {
        [McpServerTool(Name = "one")]
        public static string First() => string.Empty;

        [McpServerTool(Name = "one")]
        public static string Second() => string.Empty;
    }

    [McpServer("message-filter", Startup = typeof(FilterStartup))]
    public sealed class MessageFilter;

    public sealed class NoAttribute;

    public sealed class FilterStartup : IServerStartup
    {
        public void ConfigureServer(McpServerOptions options) =>
            options.Filters.Message.IncomingFilters.Add(next => next);
    }
}
