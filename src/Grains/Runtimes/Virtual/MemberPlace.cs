using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Servers;

namespace Smcp.Runtimes.Virtual;

/// <summary>Finds the instance of a member that serves a caller.</summary>
internal sealed class MemberPlace(
    ServerKey member, IGrainLocator grains, VirtualRuntimeOptions options, TimeProvider time)
{
    private static readonly McpFault Nested =
        new(FaultReason.Unavailable, "A virtual server cannot be part of another; nothing was run.");

    private volatile Held? _held;

    /// <summary>The instance, or why there is none.</summary>
    /// <param name="caller">Whom it is to serve.</param>
    /// <param name="isAnew">Whether what is held is of no use: the version that it names ended.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<(IInstanceGrain? Instance, McpFault? Fault)> FindAsync(
        CallContext caller, bool isAnew, CancellationToken cancellationToken)
    {
        if (isAnew || _held is not { } held || time.GetElapsedTime(held.At) >= options.DefinitionHeld)
        {
            var lookup = await grains.Locate<IServerGrain>(member.ToString()).DescribeAsync(caller, cancellationToken);
            if (lookup.Definition is not { } definition)
            {
                return (null, lookup.Fault);
            }

            held = new Held(definition, time.GetTimestamp());
            _held = held;
        }

        // Members of members would make circles, which nobody could see from one settings file.
        return held.Definition.Runtime == RuntimeKind.Virtual
            ? (null, Nested)
            : (grains.Locate<IInstanceGrain>(KeyFor(held.Definition, caller)), null);
    }

    private string KeyFor(ServerDefinition definition, CallContext caller) =>
        InstanceKey.Of(member, definition, caller.Principal.ToString(), caller.Principal).ToString();

    private sealed record Held(ServerDefinition Definition, long At);
}
