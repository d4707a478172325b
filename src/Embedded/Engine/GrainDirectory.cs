using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Smcp.Engine.Activations;
using Smcp.Engine.Calls;
using Smcp.Engine.Proxies;

namespace Smcp.Engine;

/// <summary>The activations of one grain type, by key. A key that is idle has nothing here.</summary>
internal sealed class GrainDirectory
{
    private readonly ConcurrentDictionary<string, Activation> _activations = new(StringComparer.Ordinal);
    // Only ever filled under test: activations that another stands in for, and that calls still reach.
    private readonly ConcurrentDictionary<string, Activation> _twins = new(StringComparer.Ordinal);
    private readonly GrainRegistration _registration;
    private readonly IProxyFactory _proxies;

    public GrainDirectory(EmbeddedEngine engine, GrainRegistration registration)
    {
        Engine = engine;
        _registration = registration;
        GrainType = registration.Interface.GetCustomAttribute<GrainAttribute>()?.Type
            ?? throw new InvalidOperationException($"{registration.Interface} has no [Grain].");
        _proxies = (IProxyFactory)Activator.CreateInstance(
            typeof(ProxyFactory<>).MakeGenericType(registration.Interface))!;
    }

    public string GrainType { get; }

    public Type Interface => _registration.Interface;

    public EmbeddedEngine Engine { get; }

    public EngineServices Services => Engine.Services;

    public IEnumerable<Activation> Activations =>
        _activations.Concat(_twins).Select(entry => entry.Value);

    public object Reference(string key, bool isInner)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return _proxies.Create(this, key, isInner);
    }

    public object CreateGrain(IActivationContext context) => _registration.Create(Services.Provider, context);

    /// <summary>Sends a call; its answer is awaited on the call itself.</summary>
    public void Launch(GrainCall call, string key, bool isInner, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            call.Refuse(new OperationCanceledException(cancellationToken));
            return;
        }

        if (!Engine.Admits(isInner))
        {
            call.Refuse(Stopping());
            return;
        }

        call.Trace = Activity.Current;
        var wire = Services.Wire;
        if (wire is not null)
        {
            call.CrossWire(wire);
        }

        Send(call, key, mayRunHere: wire is null);
        if (!call.IsOver)
        {
            call.Track(Services.Pending, cancellationToken);
        }
    }

    /// <summary>Brings a turn to the activation of its key, which it makes if there is none.</summary>
    public void Send(Turn turn, bool mayRunHere) => Send(turn, turn.Target!.Key, mayRunHere);

    public void Remove(Activation activation)
    {
        _activations.TryRemove(KeyValuePair.Create(activation.Key, activation));
        _twins.TryRemove(KeyValuePair.Create(activation.Key, activation));
    }

    /// <summary>Under test: a second activation will take this one's place, and both get calls.</summary>
    public void Duplicate(Activation activation)
    {
        if (_twins.TryAdd(activation.Key, activation))
        {
            _activations.TryRemove(KeyValuePair.Create(activation.Key, activation));
        }
    }

    private static GrainUnavailableException Stopping() => new("The engine is stopping.");

    private void Send(Turn turn, string key, bool mayRunHere)
    {
        if (Engine.IsClosed)
        {
            turn.Refuse(Stopping());
            return;
        }

        if (Services.Chaos is { } chaos && _twins.TryGetValue(key, out var twin) && chaos.PicksTwin())
        {
            twin.Offer(turn, mayRunHere);
            return;
        }

        var activation = _activations.GetOrAdd(key, static (key, directory) => new Activation(directory, key), this);
        activation.Offer(turn, mayRunHere);
    }
}
