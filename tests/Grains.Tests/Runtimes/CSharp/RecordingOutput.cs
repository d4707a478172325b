using System.Collections.Concurrent;
using Smcp.Mcp;

namespace Smcp.Runtimes.CSharp;

/// <summary>A call's output that remembers, and answers questions as it was told to.</summary>
internal sealed class RecordingOutput(Func<InputRequest, McpReply>? answer = null) : IRuntimeOutput
{
    public ConcurrentQueue<McpFrame> Frames { get; } = new();

    public ConcurrentQueue<InputRequest> Questions { get; } = new();

    public ValueTask EmitAsync(McpFrame frame, CancellationToken cancellationToken)
    {
        Frames.Enqueue(frame);
        return ValueTask.CompletedTask;
    }

    public ValueTask<McpReply> AskAsync(InputRequest question, CancellationToken cancellationToken)
    {
        Questions.Enqueue(question);
        return ValueTask.FromResult(
            answer?.Invoke(question) ?? throw new InvalidOperationException("Nobody answers here."));
    }
}
