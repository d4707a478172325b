using Smcp.Mcp;
using Smcp.Runtimes;

namespace Smcp.Servers;

/// <summary>A question that a server waits for the answer of.</summary>
internal sealed class PendingQuestion(string id, InputRequest request)
{
    // The server's code continues elsewhere than on the scheduler of whoever brings the answer.
    private readonly TaskCompletionSource<McpReply> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id { get; } = id;

    public InputRequest Request { get; } = request;

    public Task<McpReply> Answer => _answer.Task;

    public bool TryAnswer(McpReply answer) => _answer.TrySetResult(answer);
}
