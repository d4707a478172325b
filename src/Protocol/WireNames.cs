using System.Text;
using System.Text.Json;

namespace Smcp.Protocol;

/// <summary>The texts that nearly every message repeats, so that reading one allocates no string for it.</summary>
internal static class WireNames
{
    private static readonly (byte[] Utf8, string Text)[] Methods = Table(
        McpMethods.ToolsCall, McpMethods.ToolsList, McpMethods.ResourcesRead, McpMethods.ResourcesList,
        McpMethods.ResourceTemplatesList, McpMethods.PromptsGet, McpMethods.PromptsList, McpMethods.Ping,
        McpMethods.Initialize, McpMethods.Initialized, McpMethods.Discover, McpMethods.Complete,
        McpMethods.SetLogLevel, McpMethods.ResourcesSubscribe, McpMethods.ResourcesUnsubscribe,
        McpMethods.SubscriptionsListen, McpMethods.TasksGet, McpMethods.TasksResult, McpMethods.TasksList,
        McpMethods.TasksUpdate, McpMethods.TasksCancel, McpMethods.Cancelled, McpMethods.Progress,
        McpMethods.RootsListChanged);

    private static readonly (byte[] Utf8, string Text)[] Versions =
        Table([.. McpRevision.Supported.Select(revision => revision.Value)]);

    public static string Method(ref readonly Utf8JsonReader token) => Find(Methods, in token);

    /// <summary>Whether a text is a method that clients send.</summary>
    public static bool IsMethod(string text) => Array.Exists(Methods, method => method.Text == text);

    public static string Version(ref readonly Utf8JsonReader token) => Find(Versions, in token);

    private static (byte[] Utf8, string Text)[] Table(params string[] texts) =>
        [.. texts.Select(text => (Encoding.UTF8.GetBytes(text), text))];

    private static string Find((byte[] Utf8, string Text)[] table, ref readonly Utf8JsonReader token)
    {
        if (!token.ValueIsEscaped)
        {
            foreach (var (utf8, text) in table)
            {
                if (token.ValueSpan.SequenceEqual(utf8))
                {
                    return text;
                }
            }
        }

        return token.GetString()!;
    }
}
