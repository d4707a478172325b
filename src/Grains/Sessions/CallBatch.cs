using Smcp.Mcp;

namespace Smcp.Sessions;

/// <summary>The calls of one batch (2025-03-26), which are answered together or share a stream.</summary>
internal sealed class CallBatch
{
    // By reference: a client may send the same request twice, and then one of the two is refused.
    private readonly Dictionary<McpCall, SessionCall> _byRequest = new(ReferenceEqualityComparer.Instance);

    public List<SessionCall> Calls { get; } = [];

    /// <summary>Their stream, when one of them needed it.</summary>
    public SessionStream? Stream { get; set; }

    public void Add(McpCall request, SessionCall call)
    {
        _byRequest.Add(request, call);
        Calls.Add(call);
    }

    /// <summary>The call that a request became; null when it was refused, or answered by the session itself.</summary>
    public SessionCall? Find(McpCall request) => _byRequest.GetValueOrDefault(request);
}
