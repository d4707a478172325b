namespace Smcp.Protocol;

/// <summary>The methods and notifications of the protocol, one place for their names.</summary>
public static class McpMethods
{
    public const string Initialize = "initialize";
    public const string Discover = "server/discover";
    public const string Ping = "ping";
    public const string SetLogLevel = "logging/setLevel";
    public const string Complete = "completion/complete";
    public const string ToolsList = "tools/list";
    public const string ToolsCall = "tools/call";
    public const string PromptsList = "prompts/list";
    public const string PromptsGet = "prompts/get";
    public const string ResourcesList = "resources/list";
    public const string ResourceTemplatesList = "resources/templates/list";
    public const string ResourcesRead = "resources/read";
    public const string ResourcesSubscribe = "resources/subscribe";
    public const string ResourcesUnsubscribe = "resources/unsubscribe";
    public const string SubscriptionsListen = "subscriptions/listen";
    public const string TasksGet = "tasks/get";
    public const string TasksResult = "tasks/result";
    public const string TasksList = "tasks/list";
    public const string TasksUpdate = "tasks/update";
    public const string TasksCancel = "tasks/cancel";

    public const string SamplingCreateMessage = "sampling/createMessage";
    public const string ElicitationCreate = "elicitation/create";
    public const string RootsList = "roots/list";

    public const string Initialized = "notifications/initialized";
    public const string Cancelled = "notifications/cancelled";
    public const string Progress = "notifications/progress";
    public const string Message = "notifications/message";
    public const string RootsListChanged = "notifications/roots/list_changed";
    public const string ToolsListChanged = "notifications/tools/list_changed";
    public const string PromptsListChanged = "notifications/prompts/list_changed";
    public const string ResourcesListChanged = "notifications/resources/list_changed";
    public const string ResourceUpdated = "notifications/resources/updated";
    public const string ElicitationComplete = "notifications/elicitation/complete";
    public const string SubscriptionsAcknowledged = "notifications/subscriptions/acknowledged";
    public const string TaskStatus = "notifications/tasks/status";
    public const string TaskNotification = "notifications/tasks";

    /// <summary>
    /// The method for a trace or a metric, where a client's own words must not stand: one that is not the protocol's is
    /// <c>unknown</c>.
    /// </summary>
    public static string LabelOf(string method) => WireNames.IsMethod(method) ? method : "unknown";

    /// <summary>
    /// Whether a notification only says that something changed: the same one again tells its reader nothing more.
    /// </summary>
    public static bool IsChangeNotice(string? method) =>
        method is ToolsListChanged or PromptsListChanged or ResourcesListChanged or ResourceUpdated;

    /// <summary>Whether a method is about tasks, of whatever revision.</summary>
    public static bool IsAboutTasks(string method) => method.StartsWith("tasks/", StringComparison.Ordinal);
}
