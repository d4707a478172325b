using Smcp.Mcp;

namespace Smcp.Servers.Health;

/// <summary>What keeps a server from serving: at most one of each kind.</summary>
internal static class ServerHolds
{
    /// <summary>What is told of several: who can lift the least is told of first.</summary>
    public static ServerHold? Foremost(IReadOnlyList<ServerHold> holds) => holds.MaxBy(hold => hold.Kind);

    /// <summary>
    /// What callers are told; null where nothing is held. To find out what a version offers is held by operators only,
    /// since that is how a tenant gets to a better one.
    /// </summary>
    public static McpFault? FaultOf(IReadOnlyList<ServerHold> holds, bool isForManifest) =>
        Foremost(holds) is { } hold && (!isForManifest || hold.Kind == HoldKind.StoppedByOperator)
            ? new McpFault(FaultReason.Unavailable, Words(hold))
            : null;

    /// <summary>Another of the same kind changes nothing.</summary>
    public static IReadOnlyList<ServerHold> With(IReadOnlyList<ServerHold> holds, ServerHold hold) =>
        holds.Any(known => known.Kind == hold.Kind) ? holds : [.. holds, hold];

    /// <summary>Without what this caller may lift.</summary>
    public static IReadOnlyList<ServerHold> Lift(IReadOnlyList<ServerHold> holds, bool isOperator) =>
        [.. holds.Where(hold => hold.Kind == HoldKind.StoppedByOperator && !isOperator)];

    public static string Words(ServerHold hold)
    {
        var words = hold.Kind switch
        {
            HoldKind.Stopped => "An administrator stopped the server",
            HoldKind.StoppedByOperator => "An operator stopped the server",
            _ => "The server is in quarantine until an administrator starts it",
        };
        return hold.Reason is { } reason ? $"{words}: {reason}" : $"{words}.";
    }
}
