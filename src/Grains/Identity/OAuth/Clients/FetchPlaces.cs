namespace Smcp.Identity.OAuth.Clients;

/// <summary>
/// The places of fetches of what others name: so many at this node, and few of each host or tenant, so that a slow one
/// keeps nobody waiting but its own. Who waits for its owner's place takes none of the others'.
/// </summary>
internal sealed class FetchPlaces(ClientOptions options, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Owner> _owners = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _all = new(options.DocumentFetchesMax);

    /// <summary>A place, until it is disposed of; null where none got free in time, or nobody waits any more.</summary>
    public async Task<IDisposable?> TryEnterAsync(IReadOnlyList<string> owners, CancellationToken cancellationToken)
    {
        using var wait = new CancellationTokenSource(options.DocumentWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(wait.Token, cancellationToken);
        var place = new Place(this);
        try
        {
            foreach (var owner in owners)
            {
                await place.EnterAsync(owner, either.Token);
            }

            await place.EnterAsync(_all, either.Token);
            return place;
        }
        catch (OperationCanceledException)
        {
            place.Dispose();
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _all.Dispose();

    private SemaphoreSlim Join(string name)
    {
        lock (_gate)
        {
            if (!_owners.TryGetValue(name, out var owner))
            {
                owner = new Owner(new SemaphoreSlim(options.DocumentFetchesPerHost));
                _owners[name] = owner;
            }

            owner.Users++;
            return owner.Places;
        }
    }

    /// <summary>Nothing is kept of an owner whom nobody fetches from.</summary>
    private void Leave(string name)
    {
        lock (_gate)
        {
            if (--_owners[name].Users == 0 && _owners.Remove(name, out var owner))
            {
                owner.Places.Dispose();
            }
        }
    }

    private sealed class Owner(SemaphoreSlim places)
    {
        public SemaphoreSlim Places => places;

        /// <summary>Who has a place of it, or waits for one.</summary>
        public int Users { get; set; }
    }

    private sealed class Place(FetchPlaces places) : IDisposable
    {
        private readonly Stack<Action> _leave = new();

        public async Task EnterAsync(string owner, CancellationToken cancellationToken)
        {
            var own = places.Join(owner);
            _leave.Push(() => places.Leave(owner));
            await EnterAsync(own, cancellationToken);
        }

        public async Task EnterAsync(SemaphoreSlim semaphore, CancellationToken cancellationToken)
        {
            await semaphore.WaitAsync(cancellationToken);
            _leave.Push(() => semaphore.Release());
        }

        public void Dispose()
        {
            while (_leave.TryPop(out var leave))
            {
                leave();
            }
        }
    }
}
