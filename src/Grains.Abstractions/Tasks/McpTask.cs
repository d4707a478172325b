using Smcp.Wire;

namespace Smcp.Tasks;

/// <summary>A task as its client may see it. The raw parts are set as its status has them.</summary>
[Wire("mcp-task", 1)]
public sealed record McpTask
{
    public required TaskId Id { get; init; }

    public required McpTaskStatus Status { get; init; }

    /// <summary>One line about the status, for people.</summary>
    public string? StatusMessage { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastUpdatedAt { get; init; }

    /// <summary>How long from its creation it is kept.</summary>
    public required TimeSpan Lifetime { get; init; }

    /// <summary>How often its client is asked to poll.</summary>
    public required TimeSpan PollInterval { get; init; }

    /// <summary>The questions that wait for an answer: a raw map of requests by their keys.</summary>
    public ReadOnlyMemory<byte> InputRequests { get; init; }

    /// <summary>The raw result of the request.</summary>
    public ReadOnlyMemory<byte> Result { get; init; }

    /// <summary>The raw error of the request.</summary>
    public ReadOnlyMemory<byte> Error { get; init; }

    /// <summary>The task without its raw parts.</summary>
    public McpTask Described() => this with { InputRequests = default, Result = default, Error = default };

    /// <summary>Whether nothing more becomes of it.</summary>
    public bool IsTerminal() =>
        Status is McpTaskStatus.Completed or McpTaskStatus.Failed or McpTaskStatus.Cancelled;
}
