using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Smcp.Hosting;
using Smcp.Runtimes.Worker.Bindings;
using Smcp.Servers;

namespace Smcp.Runtimes.Worker.Durable;

/// <summary>
/// What one process keeps its Durable Objects in: a part of its server's objects, served to it as workerd's cluster
/// wants it (docs/decisions/0087). A Durable Object belongs to one process at a time; who asks for one of another that
/// rests, gets it by that one's end. Thread-safe.
/// </summary>
internal sealed partial class DurableStore(
    ServerKey server, IServerObjects objects, DurableOwners owners, int objectsMax, ILogger logger) : IAsyncDisposable
{
    private const int KeyBytes = 24;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly byte[] _credential = Encoding.ASCII.GetBytes(NewKey());
    private IAsyncDisposable? _served;
    private Func<ValueTask<bool>>? _retire;
    private string? _node;

    public IServerObjects Objects => objects;

    /// <summary>What the process names in each of its requests: nobody else knows it.</summary>
    public string Credential => Encoding.ASCII.GetString(_credential);

    /// <summary>What it signs them with, which is not looked at.</summary>
    public string Secret { get; } = NewKey();

    /// <summary>Whether the process took as many Durable Objects as it may.</summary>
    public bool IsFull
    {
        get
        {
            lock (_lock)
            {
                return _taken.Count >= objectsMax;
            }
        }
    }

    public static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>Takes requests of the jail's own loopback from now on.</summary>
    public async Task OpenAsync(BindingServer server, Socket listener, WorkerRuntimeOptions options) =>
        _served = await server.ServeAsync(
            listener, new BindingTarget(null, [], new SubrequestBudget(0), options) { Store = this });

    /// <summary>Whose it is: how to end that process, where no call is in flight in it.</summary>
    public void BelongsTo(Func<ValueTask<bool>> retire) => _retire = retire;

    public bool Admits(string credential) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(credential), _credential);

    /// <summary>The process wrote its lease: others know it by that, and may wait for what it owns.</summary>
    public async Task LeasedAsync(string node, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_node is null && owners.TryAdd(server, node, this))
            {
                _node = node;
            }
        }

        if (await objects.HeadAsync(DurableKeys.WishOf(node), cancellationToken) is not null)
        {
            // Not awaited: it ends the process whose request this is.
            _ = Task.Run(RetireAsync, CancellationToken.None);
        }
    }

    /// <summary>The process wrote that a Durable Object is its own.</summary>
    public void Took(string key)
    {
        lock (_lock)
        {
            if (_taken.Count < objectsMax)
            {
                _taken.Add(key);
            }
        }
    }

    /// <summary>
    /// The process reads who owns a Durable Object that it wants. Another one that rests is ended, here at once, and on
    /// another node when it renews its lease; one with a call in flight keeps what it has.
    /// </summary>
    /// <returns>Whether the owner is gone: it left no lease, or its lease ran out and was removed.</returns>
    public async Task<bool> WantAsync(string owner, CancellationToken cancellationToken)
    {
        if (owner == _node)
        {
            return false;
        }

        var other = owners.Find(server, owner);
        if (other is not null)
        {
            await other.RetireAsync();
        }

        if (await objects.HeadAsync(DurableKeys.LeaseOf(owner), cancellationToken) is null)
        {
            return true;
        }

        if (other is null)
        {
            await objects.PutAsync(
                DurableKeys.WishOf(owner), Stream.Null, cancellationToken: cancellationToken);
        }

        return false;
    }

    /// <summary>
    /// After the process's end: what it owned is free at once, not only when its lease has run out.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_served is not null)
        {
            await _served.DisposeAsync();
        }

        if (_node is not { } node)
        {
            return;
        }

        owners.Remove(server, node);
        try
        {
            await objects.DeleteAsync(DurableKeys.LeaseOf(node));
            await objects.DeleteAsync(DurableKeys.WishOf(node));
        }
        catch (Exception exception) when (exception is ServerDataUnavailableException or ServerDataConflictException)
        {
            LogLeaseLeft(logger, server, exception.Message);
        }
    }

    private async Task RetireAsync()
    {
        if (_retire is { } retire && await retire())
        {
            LogRetired(logger, server);
        }
    }
}
