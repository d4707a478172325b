using Smcp.Mcp;

namespace Smcp.Runtimes.Upstream;

/// <summary>The answer of a server, or why there is none.</summary>
internal readonly record struct UpstreamAnswer
{
    /// <summary>The result or error that the server sent.</summary>
    public McpReply? Reply { get; private init; }

    /// <summary>Why there is no reply.</summary>
    public UpstreamFailure Failure { get; private init; }

    public static UpstreamAnswer Of(McpReply reply) => new() { Reply = reply };

    public static UpstreamAnswer Failed(UpstreamFailure failure) => new() { Failure = failure };
}
