using System.Text.Json.Nodes;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes;
using Smcp.Servers;

namespace Smcp.Tasks;

/// <summary>
/// Keeps a task. The state here decides what its client sees; the run, in its instance, only reports. Whatever ends
/// the task first, stands.
/// </summary>
internal class TaskGrain : ITaskGrain, IRemindable
{
    private const string ExpiryReminder = "expiry";
    private static readonly TimeSpan ReminderMin = TimeSpan.FromMinutes(1);

    private static readonly McpFault Unknown = new(FaultReason.InvalidParams, "There is no such task.");

    private static readonly byte[] Died = JsonRpcWriter.Error(
        McpErrorCodes.InternalError, "The process of the task ended; whether the task took effect is unknown.");

    private readonly IActivationContext _activation;
    private readonly TaskKey _key;
    private readonly IGrainState<TaskState> _state;

    public TaskGrain(IActivationContext activation)
    {
        _activation = activation;
        _key = TaskKey.Parse(activation.Key);
        _state = activation.State<TaskState>("task");
    }

    private DateTimeOffset Now => _activation.Time.GetUtcNow();

    /// <summary>Whether it is a task of 2025-11-25.</summary>
    private bool Augments =>
        McpRevision.TryParse(_state.Value.Revision, out var revision) && revision.AugmentsWithTasks;

    public async Task<McpTask> CreateAsync(CallContext context, TaskSeed seed, CancellationToken cancellationToken)
    {
        if (_state.Value.Task is { } existing)
        {
            return existing;
        }

        var task = new McpTask
        {
            Id = _key.Task,
            Status = McpTaskStatus.Working,
            CreatedAt = Now,
            LastUpdatedAt = Now,
            Lifetime = seed.Lifetime,
            PollInterval = seed.PollInterval,
        };

        var lifetime = seed.Lifetime > ReminderMin ? seed.Lifetime : ReminderMin;
        await _activation.SetReminderAsync(ExpiryReminder, lifetime, lifetime);
        _state.Value = new TaskState
        {
            Principal = context.Principal,
            Revision = context.Revision,
            Seed = seed,
            Task = task,
        };
        await _state.WriteAsync(cancellationToken);
        return task;
    }

    public async Task<TaskLookup> GetAsync(CallContext context, CancellationToken cancellationToken)
    {
        if (Owned(context) is not { } task)
        {
            return new TaskLookup { Fault = Unknown };
        }

        if (!task.IsTerminal() && !await ContinueAsync([], cancellationToken))
        {
            task = await WriteAsync(Ended(task, McpReply.Error(Died)), cancellationToken);
        }

        return new TaskLookup { Task = task };
    }

    public async Task<TaskLookup> DescribeAsync(CallContext context, CancellationToken cancellationToken)
    {
        var lookup = await GetAsync(context, cancellationToken);
        return lookup with { Task = lookup.Task?.Described() };
    }

    public async Task<McpFault?> UpdateAsync(
        CallContext context, ReadOnlyMemory<byte> inputResponses, CancellationToken cancellationToken)
    {
        if (Owned(context) is not { } task)
        {
            return Unknown;
        }

        var open = RawJson.Parse(task.InputRequests) ?? [];
        var responses = new InputResponses(RawJson.Parse(inputResponses));
        var answers = new List<TaskAnswer>();
        foreach (var (key, request) in open.ToArray())
        {
            var question = new InputRequest((request as JsonObject)?.Text("method") ?? string.Empty, default);
            if (responses.Find(key, question) is { } reply)
            {
                answers.Add(new TaskAnswer(key, reply));
                open.Remove(key);
            }
        }

        await TakeAsync(task, open, answers, cancellationToken);
        return null;
    }

    public async Task<McpFault?> AnswerAsync(
        CallContext context, TaskAnswer answer, CancellationToken cancellationToken)
    {
        if (Owned(context) is not { } task)
        {
            return Unknown;
        }

        if (RawJson.Parse(task.InputRequests) is { } open && open.Remove(answer.Key))
        {
            await TakeAsync(task, open, [answer], cancellationToken);
        }

        return null;
    }

    public async Task<TaskLookup> CancelAsync(CallContext context, CancellationToken cancellationToken)
    {
        if (Owned(context) is not { } task)
        {
            return new TaskLookup { Fault = Unknown };
        }

        if (task.IsTerminal())
        {
            return new TaskLookup { Task = task.Described(), HadEnded = true };
        }

        var cancelled = task with
        {
            Status = McpTaskStatus.Cancelled,
            StatusMessage = "Cancelled by its client.",
            InputRequests = default,
            LastUpdatedAt = Now,
        };
        await WriteAsync(cancelled, cancellationToken);
        await StopAsync(cancellationToken);
        return new TaskLookup { Task = cancelled };
    }

    public async Task<McpTask?> ReportAsync(TaskReport report, CancellationToken cancellationToken)
    {
        if (_state.Value.Task is not { } task || task.IsTerminal())
        {
            return _state.Value.Task;
        }

        var open = RawJson.Parse(report.InputRequests) ?? [];
        foreach (var key in _state.Value.Answered)
        {
            open.Remove(key);
        }

        var next = report.Reply is { } reply ? Ended(task, reply) : Asking(task, open);
        return Same(task, next) ? task : await WriteAsync(next, cancellationToken);
    }

    public async Task OnReminderAsync(string name, CancellationToken cancellationToken)
    {
        if (_state.Value.Task is { } task && !IsExpired(task))
        {
            return;
        }

        await StopAsync(cancellationToken);
        if (Augments)
        {
            var list = new TaskListKey(_key.Tenant, _key.Server, _state.Value.Principal);
            await _activation.Grains.Locate<ITaskListGrain>(list.ToString()).RemoveAsync(_key.Task, cancellationToken);
        }

        await _activation.RemoveReminderAsync(ExpiryReminder);
        await _state.ClearAsync(cancellationToken);
        _activation.Deactivate();
    }

    private static bool Same(McpTask one, McpTask other) =>
        one.Status == other.Status && one.InputRequests.Span.SequenceEqual(other.InputRequests.Span);

    private McpTask? Owned(CallContext context) =>
        context.Tenant == _key.Tenant && _state.Value.Task is { } task
            && _state.Value.Principal == context.Principal && _state.Value.Revision == context.Revision
            && !IsExpired(task)
            ? task
            : null;

    private bool IsExpired(McpTask task) => task.CreatedAt + task.Lifetime <= Now;

    private McpTask Asking(McpTask task, JsonObject open) => task with
    {
        Status = open.Count > 0 ? McpTaskStatus.InputRequired : McpTaskStatus.Working,
        InputRequests = open.Count > 0 ? RawJson.Write(open) : default,
        LastUpdatedAt = Now,
    };

    // From 2026-07-28 a result is "completed" even when it says isError, and "failed" is a JSON-RPC error's alone
    // (SEP-2663, task status); before, such a result is "failed" too (2025-11-25 tasks, task execution errors).
    private McpTask Ended(McpTask task, McpReply reply)
    {
        var complaint = reply.IsError
            ? RawJson.Parse(reply.Body)?.Text("message")
            : Augments ? ToolComplaint.Of(reply.Body) : null;
        return task with
        {
            Status = reply.IsError || complaint is not null ? McpTaskStatus.Failed : McpTaskStatus.Completed,
            StatusMessage = complaint,
            InputRequests = default,
            Result = reply.IsError ? default : reply.Body,
            Error = reply.IsError ? reply.Body : default,
            LastUpdatedAt = Now,
        };
    }

    private async ValueTask TakeAsync(
        McpTask task, JsonObject open, List<TaskAnswer> answers, CancellationToken cancellationToken)
    {
        if (answers.Count == 0 || task.IsTerminal())
        {
            return;
        }

        _state.Value = _state.Value with { Answered = [.. _state.Value.Answered, .. answers.Select(a => a.Key)] };
        task = await WriteAsync(Asking(task, open), cancellationToken);
        if (!await ContinueAsync(answers, cancellationToken))
        {
            await WriteAsync(Ended(task, McpReply.Error(Died)), cancellationToken);
        }
    }

    private async ValueTask<McpTask> WriteAsync(McpTask task, CancellationToken cancellationToken)
    {
        _state.Value = _state.Value with { Task = task };
        await _state.WriteAsync(cancellationToken);
        return task;
    }

    private async ValueTask<bool> ContinueAsync(
        IReadOnlyList<TaskAnswer> answers, CancellationToken cancellationToken) =>
        _state.Value.Seed is { } seed
        && await Instance(seed).ContinueTaskAsync(seed.Run, answers, cancellationToken);

    private async ValueTask StopAsync(CancellationToken cancellationToken)
    {
        if (_state.Value.Seed is { } seed)
        {
            await Instance(seed).StopTaskAsync(seed.Run, cancellationToken);
        }
    }

    private IInstanceGrain Instance(TaskSeed seed) => _activation.Grains.Locate<IInstanceGrain>(seed.Instance);
}
