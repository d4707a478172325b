using Smcp.Mcp;
using Smcp.Protocol;

namespace Smcp.Sessions;

/// <summary>
/// A call in flight. One that turns to SSE gets a stream, and from then on stands in the session's state.
/// </summary>
internal sealed class SessionCall(CallId id, JsonRpcId clientId, CallBatch? batch)
{
    public CallId Id { get; } = id;

    /// <summary>The client's own id, which its answer carries.</summary>
    public JsonRpcId ClientId { get; } = clientId;

    /// <summary>The batch it came in; its calls share one stream.</summary>
    public CallBatch? Batch { get; } = batch;

    public SessionStream? Stream { get; set; }

    /// <summary>Completes when its stream is committed.</summary>
    public Task? StreamCommitted { get; set; }

    /// <summary>The number of the last frame of it that was taken: those before it came already.</summary>
    public long LastFrame { get; set; }

    /// <summary>It was answered, cancelled or lost: nothing more of it is let through.</summary>
    public bool IsOver { get; set; }

    public CallRow ToRow() => new() { Id = Id, ClientId = ClientId, StreamId = Stream!.Id };
}
