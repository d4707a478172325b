namespace Smcp.Hosting;

/// <summary>
/// Tells clients that something changed outside of any call. Inject it by constructor. A list that is changed through
/// <c>McpServer.ServerOptions</c>' collections announces itself; this is for lists that come from elsewhere.
/// </summary>
public interface IServerNotifier
{
    /// <summary>A resource's content changed: those who subscribed to it are told.</summary>
    void ResourceUpdated(string uri);

    void ToolsChanged();

    void PromptsChanged();

    void ResourcesChanged();
}
