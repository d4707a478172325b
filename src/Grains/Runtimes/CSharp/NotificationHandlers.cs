using System.Collections.Concurrent;
using ModelContextProtocol.Protocol;

namespace Smcp.Runtimes.CSharp;

/// <summary>Who in the server listens to notifications of clients.</summary>
internal sealed class NotificationHandlers
{
    private readonly ConcurrentDictionary<Registration, string> _handlers = new(ReferenceEqualityComparer.Instance);

    public NotificationHandlers(
        IEnumerable<KeyValuePair<string, Func<JsonRpcNotification, CancellationToken, ValueTask>>>? registered)
    {
        foreach (var (method, handler) in registered ?? [])
        {
            Add(method, handler);
        }
    }

    public IAsyncDisposable Add(string method, Func<JsonRpcNotification, CancellationToken, ValueTask> handler)
    {
        var registration = new Registration(this, handler);
        _handlers[registration] = method;
        return registration;
    }

    public async ValueTask RunAsync(JsonRpcNotification notification, CancellationToken cancellationToken)
    {
        foreach (var (registration, method) in _handlers)
        {
            if (string.Equals(method, notification.Method, StringComparison.Ordinal))
            {
                // Off the grain's scheduler: it is the author's code.
                await Task.Run(() => registration.Handler(notification, cancellationToken).AsTask(), cancellationToken);
            }
        }
    }

    private sealed class Registration(
        NotificationHandlers owner, Func<JsonRpcNotification, CancellationToken, ValueTask> handler) : IAsyncDisposable
    {
        public Func<JsonRpcNotification, CancellationToken, ValueTask> Handler => handler;

        public ValueTask DisposeAsync()
        {
            owner._handlers.TryRemove(this, out _);
            return ValueTask.CompletedTask;
        }
    }
}
