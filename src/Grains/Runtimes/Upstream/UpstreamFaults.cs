using Smcp.Mcp;

namespace Smcp.Runtimes.Upstream;

/// <summary>What a client is told where its server gave no answer: the one map.</summary>
internal static class UpstreamFaults
{
    public static McpFault Of(UpstreamFailure failure) => failure switch
    {
        UpstreamFailure.NotSent => new(FaultReason.Unavailable, "The server cannot be reached; nothing was run."),
        UpstreamFailure.SessionLost =>
            new(FaultReason.Unavailable, "The server forgot the session; nothing was run."),
        UpstreamFailure.Lost =>
            new(FaultReason.Internal, "The server ended; whether the call took effect is unknown."),
        UpstreamFailure.TooLarge => new(
            FaultReason.Internal, "The server's answer is too large; whether the call took effect is unknown."),
        UpstreamFailure.NotUnderstood =>
            new(FaultReason.Unavailable, "What answers there does not speak the protocol; nothing was run."),
        UpstreamFailure.Unauthorized =>
            new(FaultReason.Unavailable, "The server does not accept the credential it was given; nothing was run."),
        UpstreamFailure.Cancelled => new(FaultReason.Cancelled, "The call was cancelled."),
        UpstreamFailure.Busy =>
            new(FaultReason.LimitExceeded, "Too many calls wait for the server; nothing was run."),
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, "Not a failure."),
    };

    public static McpFault Of(in UpstreamAnswer answer) => answer.Fault ?? Of(answer.Failure);

    /// <summary>The answer of a call that its server refused, since it does not know the session any more.</summary>
    public static McpReply SessionLost { get; } = Reply(Of(UpstreamFailure.SessionLost));

    public static McpReply Reply(UpstreamFailure failure) =>
        failure == UpstreamFailure.SessionLost ? SessionLost : Reply(Of(failure));

    public static McpReply Reply(in UpstreamAnswer answer) =>
        answer.Fault is { } fault ? Reply(fault) : Reply(answer.Failure);

    public static McpReply Reply(McpFault fault) => UpstreamInvitation.Is(fault)
        ? UpstreamInvitation.Reply(fault)
        : McpReply.Refused(fault);
}
