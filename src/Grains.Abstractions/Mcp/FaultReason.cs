using Smcp.Wire;

namespace Smcp.Mcp;

/// <summary>
/// Why a call was refused. The gateway's error map is the one place that turns each into HTTP and JSON-RPC.
/// </summary>
[Wire("fault-reason", 2)]
public enum FaultReason
{
    /// <summary>The server failed or its answer was lost: the outcome is unknown (-32603).</summary>
    Internal = 0,

    /// <summary>No such session, of this principal and server, or it ended (404, -32001).</summary>
    SessionNotFound = 1,

    /// <summary>No such tenant or server (404).</summary>
    ServerNotFound = 2,

    /// <summary>The method is not served (-32601).</summary>
    MethodNotFound = 3,

    /// <summary>The params are wrong (-32602).</summary>
    InvalidParams = 4,

    /// <summary>The message may not be sent now, e.g. an id that is in use, or initialize twice (-32600).</summary>
    InvalidRequest = 5,

    /// <summary>A limit of concurrency, rate or size is reached (429).</summary>
    LimitExceeded = 6,

    /// <summary>The grain, server or store cannot be reached now; nothing was run (503).</summary>
    Unavailable = 7,

    /// <summary>The call was cancelled by its client: no answer is owed.</summary>
    Cancelled = 8,

    /// <summary>The runtime does not know the peer: open it and try again. Never leaves the grains.</summary>
    PeerUnknown = 9,

    /// <summary>The client does not declare a capability that the call needs (400, -32021).</summary>
    MissingClientCapability = 10,

    /// <summary>Events after this position are no longer held: the stream cannot be resumed (400).</summary>
    EventsTrimmed = 11,

    /// <summary>The Last-Event-ID names no stream of this session (400).</summary>
    UnknownStream = 12,

    /// <summary>The deadline passed (-32603, outcome unknown).</summary>
    TimedOut = 13,

    /// <summary>The caller is known and may not do this, with any scope (403).</summary>
    Forbidden = 14,

    /// <summary>
    /// The credential's scopes do not cover this; <see cref="McpFault.Scope"/> says which would (403, RFC 6750
    /// section 3.1 <c>insufficient_scope</c>).
    /// </summary>
    InsufficientScope = 15,

    /// <summary>The credential is not, or no longer, valid (401, RFC 6750 section 3.1 <c>invalid_token</c>).</summary>
    InvalidCredential = 16,

    /// <summary>No such object of the tenant, or not for this caller (404).</summary>
    NotFound = 17,

    /// <summary>The object is not in the state, or of the version, that the request expects (409, 412).</summary>
    Conflict = 18,

    /// <summary>
    /// The instance leaves its node; nothing was run, and who asks again a little later finds it on another (503).
    /// </summary>
    Moving = 19,
}
