using Smcp.Hosting;

namespace Smcp.Runtimes;

/// <summary>What is kept for a server beside its state, for one instance of it.</summary>
public sealed record ServerData(IServerSecrets Secrets, IServerKeyValues KeyValues, IServerObjects Objects);
