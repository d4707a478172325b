using System.ComponentModel;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Smcp.Hosting;

namespace Smcp.Samples.Everything.Tools;

/// <summary>Tools that run as tasks where the client knows tasks (SEP-2663), and one that never does.</summary>
[McpServerToolType]
public sealed class TaskTools(TimeProvider time)
{
    [McpServerTool(Name = "greet"), Description("Greets at once.")]
    public static string Greet([Description("Whom to greet.")] string name) => $"Hello, {name}!";

    [McpServerTool(Name = "slow_compute"), McpTask, Description("Takes the time that it is told to.")]
    public async Task<string> ComputeAsync(
        [Description("How long.")] double seconds,
        [Description("What to call the result.")] string? label = null,
        CancellationToken cancellationToken = default)
    {
        await Task.Delay(TimeSpan.FromSeconds(seconds), time, cancellationToken);
        return $"Computed {label ?? "result"}";
    }

    [McpServerTool(Name = "failing_job"), McpTask(Required = true), Description("Fails, as a tool does.")]
    public static string Fail() => throw new InvalidOperationException("The job failed.");

    [McpServerTool(Name = "protocol_error_job"), McpTask(Required = true), Description("Fails, as a request does.")]
    public static string FailProtocol() =>
        throw new McpProtocolException("The job failed before it began.", McpErrorCode.InternalError);

    [McpServerTool(Name = "confirm_delete"), McpTask, Description("Asks before it would delete.")]
    public static async Task<string> ConfirmDeleteAsync(
        McpServer server, [Description("What would be deleted.")] string filename, CancellationToken cancellationToken)
    {
        var answer = await server.ElicitAsync(Confirmation($"Delete {filename}?"), cancellationToken);
        return answer.Action == "accept" ? $"Deleted {filename}" : $"Did not delete {filename}";
    }

    [McpServerTool(Name = "multi_input"), McpTask, Description("Asks two things at once.")]
    public static async Task<string> MultiInputAsync(McpServer server, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(
            server.ElicitAsync(Confirmation("Confirm the first."), cancellationToken).AsTask(),
            server.ElicitAsync(Confirmation("Confirm the second."), cancellationToken).AsTask());
        return $"Answers: {string.Join(", ", answers.Select(answer => answer.Action))}";
    }

    [McpServerTool(Name = "test_tool_with_task"), McpTask(Required = true)]
    [Description("First asks for a name, then greets as a task.")]
    public static string AskThenRun(RequestContext<CallToolRequestParams> request) =>
        Answers.TryReadText(request.Params, "user_name", "name", out var name)
            ? $"Hello, {name}!"
            : throw new InputRequiredException(
                new Dictionary<string, InputRequest>
                {
                    ["user_name"] = Questions.Elicitation("What is your name?", "name"),
                });

    private static ElicitRequestParams Confirmation(string message) =>
        Questions.Form(message, "confirm", new ElicitRequestParams.BooleanSchema());
}
