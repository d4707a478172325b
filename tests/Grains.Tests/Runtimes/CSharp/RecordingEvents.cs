using System.Collections.Concurrent;
using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Runtimes.CSharp;

/// <summary>Remembers what a runtime says between calls.</summary>
internal sealed class RecordingEvents : IRuntimeEvents
{
    public ConcurrentQueue<(string? Session, McpFrame Frame)> Notifications { get; } = new();

    public ConcurrentQueue<(PrincipalId Principal, McpFrame Frame)> Told { get; } = new();

    public TaskCompletionSource<string> Ending { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Notify(string? session, McpFrame notification) => Notifications.Enqueue((session, notification));

    public void NotifyListeners(PrincipalId principal, McpFrame notification) =>
        Told.Enqueue((principal, notification));

    public void Ended(string reason) => Ending.TrySetResult(reason);
}
