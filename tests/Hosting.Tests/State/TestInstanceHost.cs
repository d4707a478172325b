using Smcp.Hosting.Classes;
using Smcp.Hosting.Data;
using Smcp.Hosting.Secrets;

namespace Smcp.Hosting.State;

/// <summary>An instance's host that is nothing but a store.</summary>
internal sealed class TestInstanceHost(IServerStateStore store, TimeProvider? time = null) : IInstanceHost
{
    public IServerStateStore StateStore => store;

    public IServerSecrets Secrets { get; } = new GivenSecrets(new Dictionary<string, string>());

    public IServerKeyValues KeyValues { get; } = new StateKeyValues(store, time ?? TimeProvider.System);

    public IServerObjects Objects { get; } = new StateObjects(store, time ?? TimeProvider.System);

    public void ResourceUpdated(string uri)
    {
    }

    public void ListChanged(ChangedList list)
    {
    }
}
