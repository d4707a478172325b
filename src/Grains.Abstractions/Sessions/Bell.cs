using Smcp.Wire;

namespace Smcp.Sessions;

/// <summary>
/// Rung on a gateway's stream when the log has more for one of its connections, or the connection must look up.
/// </summary>
[Wire("bell", 1)]
public sealed record Bell(string Connection, long StreamId, long Sequence)
{
    /// <summary>The name of the stream that a gateway subscribes to, once.</summary>
    public static string StreamOf(string gateway) => $"bell/{gateway}";
}
