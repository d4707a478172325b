using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Servers;

namespace Smcp.Tasks;

/// <summary>
/// The calls of an instance that became tasks (SEP-2663). A tool that may is run like any other; when it asks, takes
/// longer than the answer window, or must be a task, its request is answered with a handle, and how the run stands is
/// reported to its task. A client of 2025-11-25 asks for the task itself, and has it before the tool begins. On the
/// activation's scheduler.
/// </summary>
internal sealed partial class TaskRuns(
    IActivationContext activation, TaskOptions options, CallAnswers answers, TaskNotices notices, ILogger logger)
{
    private const int IdBytes = 32;

    private static readonly McpFault TooMany = new(FaultReason.LimitExceeded, "Too many tasks are running.");

    private static readonly McpFault NotStored = new(FaultReason.Internal, "The task could not be stored.");

    private readonly InstanceKey _key = InstanceKey.Parse(activation.Key);
    private readonly Dictionary<CallId, TaskRun> _runs = [];

    public int Count => _runs.Count;

    /// <summary>Gives a result of ours the form that its client must get.</summary>
    public required Func<InFlightCall, McpReply, McpReply> OnResult { get; init; }

    /// <summary>
    /// Makes a task of a call, if it is none yet; its client gets the handle when the task is durable.
    /// </summary>
    public void Detach(InFlightCall call)
    {
        if (call.Detached || call.Leg is not { Phase: not LegPhase.Closed } leg)
        {
            return;
        }

        if (HasTooMany(call))
        {
            _ = answers.FailAsync(leg, TooMany);
            return;
        }

        _ = CreateAsync(Begin(call, NewId(), options.Lifetime), leg);
    }

    /// <summary>
    /// Makes the task that a call's client asked for. False when it cannot be: the leg is answered, nothing may run.
    /// </summary>
    public async Task<bool> AugmentAsync(InFlightCall call)
    {
        var leg = call.Leg!;
        var terms = call.Terms!;
        call.Detached = true;
        if (HasTooMany(call))
        {
            await answers.FailAsync(leg, TooMany);
            return false;
        }

        return await CreateAsync(Begin(call, terms.Id, terms.Lifetime), leg);
    }

    public static TaskId NewId() => TaskId.Parse(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes)));

    /// <summary>A call that may be a task asks its client.</summary>
    public void Ask(InFlightCall call)
    {
        Detach(call);
        Report(call, null);
    }

    /// <summary>A call that is a task has its answer.</summary>
    public void End(InFlightCall call, McpReply reply) => Report(call, reply);

    /// <summary>Brings answers to a run. False when it is not here.</summary>
    public bool Continue(CallId id, IReadOnlyList<TaskAnswer> answers)
    {
        if (!_runs.TryGetValue(id, out var run))
        {
            return false;
        }

        foreach (var answer in answers)
        {
            run.Call.TryAnswerQuestion(answer.Key, answer.Reply);
        }

        if (answers.Count > 0)
        {
            Report(run.Call, null);
        }

        return true;
    }

    /// <summary>The task wants its run no more.</summary>
    public void Stop(CallId id)
    {
        if (_runs.TryGetValue(id, out var run))
        {
            run.Call.Cancel();
            Report(run.Call, null);
        }
    }

    /// <summary>Stops runs that passed their deadline.</summary>
    public void Sweep()
    {
        if (_runs.Count > 0)
        {
            var now = activation.Time.GetTimestamp();
            foreach (var run in _runs.Values.Where(r => now >= r.DeadlineAt).ToArray())
            {
                run.Call.Cancel();
            }
        }
    }

    /// <summary>The runtime is gone, and all runs with it.</summary>
    public void FailAll(McpReply reply)
    {
        foreach (var run in _runs.Values.ToArray())
        {
            Report(run.Call, reply);
        }
    }

    public ITaskGrain Locate(TaskId id) =>
        activation.Grains.Locate<ITaskGrain>(new TaskKey(_key.Tenant, _key.Server, id).ToString());

    public ITaskListGrain LocateList(CallContext caller) => activation.Grains.Locate<ITaskListGrain>(
        new TaskListKey(_key.Tenant, _key.Server, caller.Principal).ToString());

    private bool HasTooMany(InFlightCall call) =>
        _runs.Count >= options.RunningMax
        || _runs.Values.Count(r => r.Call.Caller.Principal == call.Caller.Principal) >= options.RunningPerPrincipalMax;

    private TaskRun Begin(InFlightCall call, TaskId id, TimeSpan lifetime)
    {
        call.Detached = true;
        var deadline = activation.Time.GetTimestamp()
            + (long)(lifetime.TotalSeconds * activation.Time.TimestampFrequency);
        var run = new TaskRun(call, id, Locate(id), lifetime, deadline);
        _runs.Add(call.Request.Id, run);
        return run;
    }

    private async Task<bool> CreateAsync(TaskRun run, CallLeg leg)
    {
        var seed = new TaskSeed
        {
            Instance = activation.Key,
            Run = run.Call.Request.Id,
            Lifetime = run.Lifetime,
            PollInterval = options.PollInterval,
        };
        try
        {
            if (run.Call.Terms is not null && await LocateList(run.Call.Caller).AddAsync(
                run.Call.Caller, run.Id, run.Lifetime, CancellationToken.None) is { } full)
            {
                _runs.Remove(run.Call.Request.Id);
                await answers.FailAsync(leg, full);
                return false;
            }

            var task = await run.Grain.CreateAsync(run.Call.Caller, seed, CancellationToken.None);
            run.Created = true;
            run.Call.LeaveLeg();
            await answers.AnswerAsync(leg, Handle(run, task));
        }
        catch (Exception exception)
        {
            LogNotStored(exception, activation.Key);
            _runs.Remove(run.Call.Request.Id);
            await answers.FailAsync(leg, NotStored);
            return false;
        }

        if (run.Changed)
        {
            _ = ReportAsync(run);
        }

        return true;
    }

    private McpReply Handle(TaskRun run, McpTask task) => run.Call.Terms is null
        ? OnResult(run.Call, McpReply.Result(TaskJson.Created(task)))
        : McpReply.Result(RelatedTask.Mark(
            RawJson.Write(new JsonObject { ["task"] = TaskJson.Augmented(task) }), task.Id));

    private void Report(InFlightCall call, McpReply? reply)
    {
        if (_runs.TryGetValue(call.Request.Id, out var run))
        {
            run.Reply ??= reply;
            run.Changed = true;
            if (run.Created && !run.Reporting)
            {
                _ = ReportAsync(run);
            }
        }
    }

    // One report at a time: each says how the run stands when it is written, so none overtakes another.
    private async Task ReportAsync(TaskRun run)
    {
        run.Reporting = true;
        while (run.Changed)
        {
            run.Changed = false;
            var ended = run.Reply is not null;
            var questions = ended ? [] : run.Call.Questions();
            var report = new TaskReport
            {
                Reply = run.Reply,
                InputRequests = questions.Count > 0 ? RawJson.Write(InputRequired.Requests(questions)) : default,
            };
            var task = await TryReportAsync(run, report);
            notices.Tell(run, task);
            if (task is null && !ended)
            {
                run.Call.Cancel();
            }

            if (ended)
            {
                _runs.Remove(run.Call.Request.Id);
            }
        }

        run.Reporting = false;
    }

    private async Task<McpTask?> TryReportAsync(TaskRun run, TaskReport report)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await run.Grain.ReportAsync(report, CancellationToken.None);
            }
            catch (Exception exception)
            {
                // A report may be repeated: it says how things stand, not what to add.
                LogNotStored(exception, activation.Key);
                if (attempt == options.ReportAttemptsMax)
                {
                    return null;
                }
            }

            await Task.Delay(options.ReportRetryDelay * attempt, activation.Time);
        }
    }
}
