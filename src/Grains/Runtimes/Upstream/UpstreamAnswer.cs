using Smcp.Mcp;

namespace Smcp.Runtimes.Upstream;

/// <summary>The answer of a server, or why there is none.</summary>
internal readonly record struct UpstreamAnswer
{
    /// <summary>The result or error that the server sent.</summary>
    public McpReply? Reply { get; private init; }

    /// <summary>Why there is no reply.</summary>
    public UpstreamFailure Failure { get; private init; }

    /// <summary>What is said of it in place of the usual words; null for those.</summary>
    public McpFault? Fault { get; private init; }

    public static UpstreamAnswer Of(McpReply reply) => new() { Reply = reply };

    public static UpstreamAnswer Failed(UpstreamFailure failure, McpFault? fault = null) =>
        new() { Failure = failure, Fault = fault };
}
