using System.Collections.Concurrent;
using Smcp.Mcp;
using Smcp.Servers;

namespace Smcp.Sessions;

/// <summary>
/// What the fake instance does, and what reached it. Outlives engines, as a server in another process would.
/// </summary>
internal sealed class FakeServer
{
    private int _peerForgotten;

    /// <summary>How a call ends: by default with an empty result.</summary>
    public Func<InstanceCall, ValueTask<McpOutcome>> OnCall { get; set; } =
        static _ => new(McpOutcome.Answered(McpReply.Result(Json.Bytes("{}"))));

    /// <summary>How a peer is taken.</summary>
    public Func<InstancePeer, McpOutcome> OnOpen { get; set; } = static _ => McpOutcome.Answered(McpReply.Result(
        Json.Bytes("""
            {
              "protocolVersion": "1999-01-01",
              "capabilities": { "logging": {}, "resources": { "subscribe": true } },
              "serverInfo": {}
            }
            """)));

    /// <summary>The calls that are at work.</summary>
    public ConcurrentDictionary<CallId, bool> Alive { get; } = new();

    public ConcurrentQueue<InstanceCall> Calls { get; } = new();

    public ConcurrentQueue<InstancePeer> Opened { get; } = new();

    public ConcurrentQueue<string> Closed { get; } = new();

    public ConcurrentQueue<CallId> Cancelled { get; } = new();

    public ConcurrentQueue<(CallId Call, string Question, McpReply Answer)> Answers { get; } = new();

    public ConcurrentQueue<IReadOnlyList<string>> Subscriptions { get; } = new();

    public ConcurrentQueue<McpCall> Notifications { get; } = new();

    /// <summary>Thrown by the next answer that is handed over.</summary>
    public Exception? AnswerFailure { get; set; }

    public InstanceScope Scope { get; set; }

    /// <summary>The next call finds its peer unknown.</summary>
    public void ForgetPeer() => Interlocked.Exchange(ref _peerForgotten, 1);

    public bool TakePeerForgotten() => Interlocked.Exchange(ref _peerForgotten, 0) == 1;

    /// <summary>From now on each call turns to a stream at once.</summary>
    public void Stream() => OnCall = call =>
    {
        Alive[call.Id] = true;
        return new(McpOutcome.Streaming(new StreamTicket(call.Id, 0)));
    };
}
