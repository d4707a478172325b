using Smcp.TestSupport;

namespace Smcp.Testing;

/// <summary>The cluster that fault rounds and stops are done to, one after the other.</summary>
public sealed class FaultFixture : IAsyncLifetime, IDisposable
{
    private PostgresServer? _database;
    private NodeNetwork? _network;
    private FaultCluster? _cluster;

    /// <summary>Why the nodes have no network of their own; null when they have.</summary>
    internal string? NetworkProblem { get; private set; }

    internal FaultCluster Cluster => _cluster ?? throw new InvalidOperationException("Not started.");

    public async Task InitializeAsync()
    {
        (_network, NetworkProblem) = await NodeNetwork.MakeAsync(3);
        _database = new PostgresServer();
        _cluster = await FaultCluster.StartAsync(_database, _network);
    }

    public async Task DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        if (_network is not null)
        {
            await _network.DisposeAsync();
        }
    }

    /// <summary>The database goes last, when no node is left.</summary>
    public void Dispose() => _database?.Dispose();
}
