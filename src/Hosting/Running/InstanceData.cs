using Smcp.Hosting.State;

namespace Smcp.Hosting.Running;

/// <summary>What is kept for a server that no grain hosts.</summary>
internal sealed record InstanceData(
    IServerStateStore States, IServerSecrets Secrets, IServerKeyValues KeyValues, IServerObjects Objects);
