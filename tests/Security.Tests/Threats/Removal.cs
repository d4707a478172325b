using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Network;

namespace Smcp.Threats;

/// <summary>Takes one control out of a product: a service, a check of a grain, a rule of a list, or a limit.</summary>
internal sealed record Removal
{
    /// <summary>Takes nothing: the product as it is.</summary>
    public static Removal None { get; } = new();

    public Action<IServiceCollection> Configure { get; init; } = static _ => { };

    public (string Key, string Value)[] Settings { get; init; } = [];

    /// <summary>What is changed for the whole process, and put back when disposed.</summary>
    public Func<IDisposable?> Enter { get; init; } = static () => null;

    /// <summary>The product without the control, and otherwise as the attack wants it.</summary>
    public Task<SecurityHost> StartAsync(
        Action<IServiceCollection>? configure = null, params (string Key, string Value)[] settings) =>
        SecurityHost.StartAsync(
            services =>
            {
                configure?.Invoke(services);
                Configure(services);
            },
            [.. settings.Where(own => Settings.All(other => other.Key != own.Key)), .. Settings]);

    /// <summary>A limit that is set so high, or so long, that it bounds nothing.</summary>
    public static Removal OfLimit(params (string Key, string Value)[] settings) => new() { Settings = settings };

    /// <summary>A guard of the network layer.</summary>
    public static Removal OfGuard<TGuard>()
        where TGuard : INetworkGuard => new()
        {
            Configure = static services => services.Remove(services.Single(
                service => service.ServiceType == typeof(INetworkGuard)
                    && service.ImplementationType == typeof(TGuard))),
        };

    /// <summary>A service whose place another takes, which permits what the first does not.</summary>
    public static Removal OfService<TService>(Func<IServiceProvider, TService> permissive)
        where TService : class => new()
        {
            Configure = services =>
            {
                foreach (var service in services.Where(s => s.ServiceType == typeof(TService)).ToList())
                {
                    services.Remove(service);
                }

                services.AddSingleton(permissive);
            },
        };

    /// <summary>What a grain decides by its caller: it is told that everybody is somebody who may.</summary>
    public static Removal OfGrainsDecision<TGrain>(Func<CallContext, CallContext> pretend)
        where TGrain : class =>
        OfGrain<TGrain, TGrain>((grain, _) => Pretend<TGrain>(grain, pretend));

    /// <summary>A grain that is told something else of its callers than is true.</summary>
    public static TGrain Pretend<TGrain>(
        object grain, Func<CallContext, CallContext> pretend, Func<MethodInfo, object?, object?>? answer = null)
        where TGrain : class
    {
        var proxy = DispatchProxy.Create<TGrain, Pretence>();
        ((Pretence)(object)proxy).Set(grain, pretend, answer ?? (static (_, given) => given));
        return proxy;
    }

    /// <summary>
    /// A grain in another's skin. The skin has the interfaces that the engine looks for, beside the grain's own.
    /// </summary>
    public static Removal OfGrain<TGrain, TSkin>(Func<TGrain, IActivationContext, TSkin> wrap)
        where TGrain : class
        where TSkin : class, TGrain => new()
        {
            Configure = services =>
            {
                var found = services.Single(
                    s => s.ImplementationInstance is GrainRegistration { Interface: var of } && of == typeof(TGrain));
                var inner = (GrainRegistration)found.ImplementationInstance!;
                services.Remove(found);
                services.AddSingleton(new GrainRegistration(
                    typeof(TGrain), (provider, context) => wrap((TGrain)inner.Create(provider, context), context)));
            },
        };

    /// <summary>
    /// One rule of a list of rules: in its place stands one that never objects. The list is the process's, so this is
    /// for tests that run alone.
    /// </summary>
    public static Removal OfRule(Type rules, string name) => new() { Enter = () => new Lifted(rules, name) };

    private sealed class Lifted : IDisposable
    {
        private readonly Array _list;
        private readonly int _at;
        private readonly object _rule;

        public Lifted(Type rules, string name)
        {
            (_list, _at) = rules.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
                .Select(field => ArrayOf(field.GetValue(null)))
                .OfType<Array>()
                .Select(list => (list, Array.FindIndex(
                    [.. list.Cast<object>()], rule => rule is Delegate { Method.Name: var own } && own == name)))
                .Single(found => found.Item2 >= 0);
            _rule = _list.GetValue(_at)!;
            _list.SetValue(NeverObjects((Delegate)_rule), _at);
        }

        public void Dispose() => _list.SetValue(_rule, _at);

        /// <summary>The array itself, or the one that a read-only list holds.</summary>
        private static Array? ArrayOf(object? list) => list as Array
            ?? list?.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
                .Select(field => field.GetValue(list))
                .OfType<Array>()
                .FirstOrDefault();

        private static Delegate NeverObjects(Delegate rule)
        {
            var parameters = rule.Method.GetParameters().Select(p => Expression.Parameter(p.ParameterType));
            return Expression.Lambda(
                rule.GetType(), Expression.Default(rule.Method.ReturnType), parameters).Compile();
        }
    }
}
