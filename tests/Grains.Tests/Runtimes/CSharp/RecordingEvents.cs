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

    public ConcurrentQueue<string> Lines { get; } = new();

    public ConcurrentQueue<RuntimeNote> Notes { get; } = new();

    public void Ended(string reason) => Ending.TrySetResult(reason);

    public void Wrote(string line) => Lines.Enqueue(line);

    public void Note(RuntimeNote note) => Notes.Enqueue(note);
}
