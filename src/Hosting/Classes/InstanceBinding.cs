using Smcp.Hosting.State;

namespace Smcp.Hosting.Classes;

/// <summary>
/// What one instance is given by its host, as a scoped service: known before anything else of the scope is constructed.
/// </summary>
internal sealed class InstanceBinding : IServerNotifier
{
    private IInstanceHost? _host;

    /// <summary>The states that were injected somewhere in this instance.</summary>
    public List<ILoadedState> States { get; } = [];

    public IInstanceHost Host =>
        _host ?? throw new InvalidOperationException(
            "State is of an instance; a singleton has none. Register the service as scoped.");

    public void Bind(IInstanceHost host) => _host = host;

    public void ResourceUpdated(string uri) => Host.ResourceUpdated(uri);

    public void ToolsChanged() => Host.ListChanged(ChangedList.Tools);

    public void PromptsChanged() => Host.ListChanged(ChangedList.Prompts);

    public void ResourcesChanged() => Host.ListChanged(ChangedList.Resources);
}
