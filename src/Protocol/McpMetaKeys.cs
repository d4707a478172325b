namespace Smcp.Protocol;

/// <summary>The keys of <c>_meta</c> that the protocol reserves.</summary>
public static class McpMetaKeys
{
    public const string ProtocolVersion = "io.modelcontextprotocol/protocolVersion";
    public const string ClientCapabilities = "io.modelcontextprotocol/clientCapabilities";
    public const string ClientInfo = "io.modelcontextprotocol/clientInfo";
    public const string LogLevel = "io.modelcontextprotocol/logLevel";
    public const string ServerInfo = "io.modelcontextprotocol/serverInfo";
    public const string SubscriptionId = "io.modelcontextprotocol/subscriptionId";
    public const string RelatedTask = "io.modelcontextprotocol/related-task";
    public const string TasksExtension = "io.modelcontextprotocol/tasks";
    public const string ProgressToken = "progressToken";
    public const string TraceParent = "traceparent";
    public const string TraceState = "tracestate";
    public const string Baggage = "baggage";
}
