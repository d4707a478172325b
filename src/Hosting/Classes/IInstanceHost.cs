using Smcp.Hosting.State;

namespace Smcp.Hosting.Classes;

/// <summary>What runs an instance of a server class, as the class's services see it. Thread-safe.</summary>
internal interface IInstanceHost
{
    IServerStateStore StateStore { get; }

    IServerSecrets Secrets { get; }

    IServerKeyValues KeyValues { get; }

    IServerObjects Objects { get; }

    void ResourceUpdated(string uri);

    void ListChanged(ChangedList list);
}
