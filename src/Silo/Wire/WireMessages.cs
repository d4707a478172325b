using Smcp.Servers;
using Smcp.Sessions;
using Smcp.Tasks;

namespace Smcp.Wire;

/// <summary>
/// The messages that cross as JSON. What travels with most calls has a surrogate instead, beside its feature: raw
/// bytes would go as base64 here.
/// </summary>
internal static class WireMessages
{
    public static IReadOnlyList<Type> Json { get; } =
    [
        typeof(BatchOutcome),
        typeof(InstancePeer),
        typeof(ServerDefinition),
        typeof(ServerLookup),
        typeof(SessionInfo),
        typeof(SessionKey),
        typeof(StreamOpening),
        typeof(McpTask),
        typeof(TaskAnswer),
        typeof(TaskLookup),
        typeof(TaskReport),
        typeof(TaskSeed),
    ];
}
