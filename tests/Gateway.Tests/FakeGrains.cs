using System.Collections.Concurrent;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Quotas;
using Smcp.Servers;
using Smcp.Sessions;
using Smcp.Tenants;
using Smcp.TestSupport;

namespace Smcp;

/// <summary>
/// An engine of fakes: grains by type and key, streams that deliver at once, failures that are what the exception
/// says.
/// </summary>
internal sealed class FakeGrains : IGrainLocator, IStreamHub, IEngineFailures
{
    private readonly ConcurrentDictionary<string, FakeSession> _sessions = new();
    private readonly ConcurrentDictionary<string, FakeInstance> _instances = new();
    private readonly ConcurrentDictionary<string, FakeQuota> _quotas = new();
    private readonly ConcurrentDictionary<string, FakeServer> _servers = new();
    private readonly ConcurrentDictionary<string, Func<object, ValueTask>> _subscribers = new();

    /// <summary>The keys that are valid, by the address of their record.</summary>
    public ConcurrentDictionary<string, CallerIdentity> Keys { get; } = new();

    /// <summary>How many quotas were ever asked.</summary>
    public int QuotasAsked => _quotas.Count;

    /// <summary>What was sent for the tenant <c>default</c>.</summary>
    public FakeEgress Egress { get; } = new();

    /// <summary>What the tenant <c>default</c> may use.</summary>
    public TenantQuotas Quotas { get; set; } = new();

    /// <summary>Tenants besides <c>default</c>, and what they may use.</summary>
    public ConcurrentDictionary<string, TenantQuotas> Others { get; } = new();

    public TenantStatus TenantStatus { get; set; } = TenantStatus.Active;

    public TenantNetwork TenantNetwork { get; set; } = new();

    public int TenantGeneration { get; set; } = 1;

    /// <summary>What is thrown when a tenant is asked for.</summary>
    public Exception? TenantFailure { get; set; }

    public long TenantVersion { get; set; } = 1;

    /// <summary>How often a key was verified.</summary>
    public int Verified { get; set; }

    public FakeInstance Shared => Instance("default/echo/shared");

    public FakeServer Server => _servers.GetOrAdd("default/echo", key => new FakeServer(ServerKey.Parse(key)));

    public FakeInstance Instance(string key) => _instances.GetOrAdd(key, _ => new FakeInstance());

    public FakeSession Session(string id) => _sessions.GetOrAdd($"default/echo/{id}", _ => new FakeSession(this));

    public TGrain Locate<TGrain>(string key)
        where TGrain : class
    {
        object grain = typeof(TGrain).Name switch
        {
            nameof(ISessionGrain) => _sessions.GetOrAdd(key, _ => new FakeSession(this)),
            nameof(IInstanceGrain) => Instance(key),
            nameof(IQuotaGrain) => _quotas.GetOrAdd(key, _ => new FakeQuota()),
            nameof(IEgressGrain) => key == "default" ? Egress : new FakeEgress(),
            nameof(ITenantGrain) => new FakeTenant(() => TenantOf(key)),
            nameof(IApiKeyGrain) => new FakeApiKey(key, this),
            nameof(IServerGrain) => _servers.GetOrAdd(key, _ => new FakeServer(ServerKey.Parse(key))),
            var other => throw new NotSupportedException(other),
        };
        return (TGrain)grain;
    }

    public ValueTask PublishAsync<TItem>(string stream, TItem item)
        where TItem : class =>
        _subscribers.TryGetValue(stream, out var subscriber) ? subscriber(item) : ValueTask.CompletedTask;

    public ValueTask<IAsyncDisposable> SubscribeAsync<TItem>(string stream, Func<TItem, ValueTask> onItem)
        where TItem : class
    {
        _subscribers[stream] = item => onItem((TItem)item);
        return new(new Subscription(() => _subscribers.TryRemove(stream, out _)));
    }

    public EngineFailure Classify(Exception exception) => exception switch
    {
        TimeoutException => EngineFailure.TimedOut,
        OperationCanceledException => EngineFailure.Cancelled,
        IOException => EngineFailure.Unavailable,
        _ => EngineFailure.None,
    };

    private TenantSnapshot TenantOf(string key) => TenantFailure is { } failure ? throw failure : new()
    {
        Generation = TenantGeneration,
        Status = key == "default" ? TenantStatus
            : Others.ContainsKey(key) ? TenantStatus.Active
            : TenantStatus.None,
        Version = TenantVersion,
        Configuration = new TenantConfiguration { Network = TenantNetwork },
        Quotas = Others.GetValueOrDefault(key, Quotas),
    };

    private sealed class Subscription(Action end) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            end();
            return ValueTask.CompletedTask;
        }
    }
}
