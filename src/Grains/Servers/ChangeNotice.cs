using System.Text.Json.Nodes;
using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Servers;

/// <summary>
/// What a change notice says, and nothing besides: two that are equal tell their reader no more than one.
/// </summary>
/// <param name="Method">What kind of thing changed.</param>
/// <param name="Uri">Which resource was updated; null where any may have been, and for lists.</param>
internal readonly record struct ChangeNotice(string Method, string? Uri)
{
    public bool IsOfAnyResource => Uri is null && Method == McpMethods.ResourceUpdated;

    /// <summary>The notice of any resource.</summary>
    public static McpFrame AnyResource { get; } =
        new() { Kind = McpFrameKind.Notification, Method = McpMethods.ResourceUpdated };

    /// <summary>What a frame says changed; null for one that says something else.</summary>
    public static ChangeNotice? Of(McpFrame frame) => McpMethods.IsChangeNotice(frame.Method)
        ? new ChangeNotice(frame.Method!, UriOf(frame))
        : null;

    /// <summary>The notice that one resource was updated.</summary>
    public static McpFrame OfResource(string uri) => AnyResource with
    {
        Body = RawJson.Write(new JsonObject { ["uri"] = uri }),
    };

    private static string? UriOf(McpFrame frame) =>
        frame.Method == McpMethods.ResourceUpdated ? RawJson.Parse(frame.Body)?.Text("uri") : null;
}
