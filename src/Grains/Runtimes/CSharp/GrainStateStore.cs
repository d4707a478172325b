using Smcp.Data;
using Smcp.Hosting.State;
using Smcp.Servers;
using Smcp.Storage;

namespace Smcp.Runtimes.CSharp;

/// <summary>An instance's state in the grains' storage: the type <c>server-state</c>, keyed by the instance.</summary>
internal sealed class GrainStateStore(IGrainStorage storage, InstanceKey instance, Action<string> becameStale)
    : IServerStateStore
{
    public async ValueTask<StoredServerState?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var row = await storage.ReadAsync(Address(name), cancellationToken);
        return row is null ? null : new StoredServerState(row.Payload, row.Version);
    }

    public async ValueTask<long> WriteAsync(
        string name, ReadOnlyMemory<byte> payload, long expectedVersion, CancellationToken cancellationToken)
    {
        try
        {
            return await storage.WriteAsync(Address(name), payload, expectedVersion, cancellationToken);
        }
        catch (StateConflictException conflict)
        {
            // Another instance of the same key runs somewhere: this one is the past.
            becameStale("Another instance of the server wrote its state.");
            throw new ServerStateConflictException(conflict.Message, conflict);
        }
    }

    private StateAddress Address(string name) => new(InstanceStates.GrainType, instance.ToString(), name);
}
