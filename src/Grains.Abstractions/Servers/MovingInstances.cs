using Microsoft.Extensions.Options;
using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Servers;

/// <summary>
/// Waits for instances that leave their node. Such an instance ran nothing of the call that it refused as
/// <see cref="FaultReason.Moving"/>, so the call is sent until it is up elsewhere.
/// </summary>
public sealed class MovingInstances(IOptions<MovingOptions> options, TimeProvider time)
{
    private static readonly McpOutcome Gone = McpOutcome.Refused(
        FaultReason.Unavailable, "The server did not come up on another node; nothing was run.");

    /// <summary>Sends a call again that was refused as moving; its outcome, which is no such refusal.</summary>
    public async ValueTask<McpOutcome> CallAsync(
        IInstanceGrain instance,
        CallContext context,
        InstanceCall call,
        CancellationToken cancellationToken)
    {
        var begunAt = time.GetTimestamp();
        while (time.GetElapsedTime(begunAt) < options.Value.Patience)
        {
            await Task.Delay(options.Value.RetryDelay, time, cancellationToken);
            var outcome = await instance.CallAsync(context, call, cancellationToken);
            if (outcome.Fault is not { Reason: FaultReason.Moving })
            {
                return outcome;
            }
        }

        return Gone;
    }
}
