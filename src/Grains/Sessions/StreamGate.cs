using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Servers;

namespace Smcp.Sessions;

/// <summary>
/// Whether who opened a session may still read its streams: a stream may be open for days, and outlives neither a role
/// nor a server. Asked at each read, that is, at each heartbeat too.
/// </summary>
internal sealed class StreamGate(ServerPolicy policy, IEngineFailures failures)
{
    private static readonly McpFault Unreachable = new(FaultReason.Unavailable, "The server cannot be asked now.");

    /// <summary>The same by what is known: for the last words of a server that serves nobody any more.</summary>
    public McpFault? AdmitToLast(CallContext caller) => policy.Access is null ? Unreachable : policy.Reach(caller);

    /// <summary>Null admits. Completes at once while the server's policy is fresh.</summary>
    public ValueTask<McpFault?> AdmitAsync(CallContext caller) =>
        policy.IsFresh ? new(policy.Reach(caller)) : ReadThenDecideAsync(caller);

    private async ValueTask<McpFault?> ReadThenDecideAsync(CallContext caller)
    {
        try
        {
            if (await policy.ReadAsync(caller) is { } fault)
            {
                return fault;
            }
        }
        catch (Exception exception) when (failures.Classify(exception) != EngineFailure.None)
        {
            if (policy.Access is null)
            {
                return Unreachable;
            }
        }

        return policy.Reach(caller);
    }
}
