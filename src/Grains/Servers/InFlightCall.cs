using System.Diagnostics.CodeAnalysis;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Runtimes;
using Smcp.Tasks;

namespace Smcp.Servers;

/// <summary>
/// One request at work in the runtime. The runtime's side (<see cref="IRuntimeOutput"/>) is called from any thread;
/// everything else on the activation's scheduler. What both touch stands under a lock that no await crosses.
/// </summary>
internal sealed class InFlightCall : IRuntimeOutput, IDisposable
{
    private readonly ICallHost _host;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _cancellation = new();
    private Dictionary<string, PendingQuestion>? _questions;
    private CallLeg? _leg;
    private int _questionsAsked;
    private bool _attended;

    public InFlightCall(ICallHost host, in RunRequest run, long startedAt)
    {
        _host = host;
        Request = run.Call;
        Caller = run.Caller;
        Revision = run.Revision;
        Tasks = run.Tasks;
        Terms = run.Terms;
        Deadline = run.Deadline;
        StartedAt = startedAt;
        _leg = new CallLeg(Request.Id, this, null, startedAt);
        Cancelled = _cancellation.Token;
    }

    /// <summary>The request that began it; its id names the run in the runtime.</summary>
    public InstanceCall Request { get; }

    public CallContext Caller { get; }

    public McpRevision Revision { get; }

    /// <summary>Who waits for it: null while it is parked, and once it is a task.</summary>
    public CallLeg? Leg => Volatile.Read(ref _leg);

    /// <summary>
    /// Whether it may or must become a task; then what it emits is not heard (SEP-2663, notifications), but for a task
    /// that its client asked for.
    /// </summary>
    public TaskSupport Tasks { get; }

    /// <summary>The task that its client asked for (2025-11-25), if it did.</summary>
    public TaskTerms? Terms { get; }

    /// <summary>When it began, by the clock's timestamp.</summary>
    public long StartedAt { get; }

    /// <summary>How long it may take; null for the deadline of every call.</summary>
    public TimeSpan? Deadline { get; }

    /// <summary>Whether it became a task: its questions and its answer go there.</summary>
    public bool Detached { get; set; }

    /// <summary>Whether the runtime is done with it.</summary>
    public bool RunEnded { get; private set; }

    /// <summary>When the run is given up, by the clock's timestamp.</summary>
    public long DeadlineAt { get; set; }

    /// <summary>The answer that came while nobody waited for it.</summary>
    public McpReply? HeldReply { get; set; }

    /// <summary>Why it cannot go on, where that came up off the scheduler.</summary>
    public McpFault? Fault { get; private set; }

    /// <summary>Whether a window that collects its questions is open.</summary>
    public bool Collecting { get; set; }

    public CancellationToken Cancelled { get; }

    public int OutboxFramesMax => _host.Options.OutboxFramesMax;

    /// <inheritdoc/>
    public ValueTask EmitAsync(McpFrame frame, CancellationToken cancellationToken)
    {
        var leg = Leg;
        if (Terms is null && (leg is null || Tasks != TaskSupport.Forbidden))
        {
            return ValueTask.CompletedTask;
        }

        if (frame.Body.Length > _host.Options.FrameBytesMax)
        {
            FailLater(CallRunner.TooLarge(_host.Options));
            return ValueTask.CompletedTask;
        }

        if (Terms is { } terms)
        {
            TellOfTask(frame, terms.Id);
            return ValueTask.CompletedTask;
        }

        var taken = leg!.EmitAsync(frame, cancellationToken);
        if (leg.Phase == LegPhase.Waiting)
        {
            Attend();
        }

        return taken;
    }

    /// <inheritdoc/>
    public async ValueTask<McpReply> AskAsync(InputRequest question, CancellationToken cancellationToken)
    {
        if (_host.Refuse(this, question) is { } refusal)
        {
            return Refused(refusal);
        }

        if (!TryAddQuestion(question, out var pending))
        {
            var fault = new McpFault(FaultReason.LimitExceeded, "The call can ask no more questions now.");
            return McpReply.Error(fault.ErrorBody());
        }

        try
        {
            if (Request.Session is not null && Tasks == TaskSupport.Forbidden)
            {
                await EmitAsync(QuestionFrame(pending), cancellationToken);
            }
            else
            {
                Attend();
            }

            return await pending.Answer.WaitAsync(cancellationToken);
        }
        finally
        {
            RemoveQuestion(pending.Id);
        }
    }

    /// <summary>Another request of the client waits for it from now on.</summary>
    public CallLeg BeginLeg(CallId id, FrameTranslation translation, long now)
    {
        var leg = new CallLeg(id, this, translation, now);
        Volatile.Write(ref _leg, leg);
        return leg;
    }

    /// <summary>Nobody waits for it from now on; the leg that did is left to its end.</summary>
    public void LeaveLeg() => Volatile.Write(ref _leg, null);

    /// <summary>The runtime is done: questions that nobody waits for any more are over.</summary>
    public void EndRun()
    {
        RunEnded = true;
        FailQuestions("The call ended.");
    }

    /// <summary>Tells the server to stop. Its callbacks run elsewhere.</summary>
    public void Cancel()
    {
        if (!RunEnded)
        {
            _ = CancelAsync();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A cancelled source may still be running its callbacks, and holds nothing that needs disposal.
        if (!_cancellation.IsCancellationRequested)
        {
            _cancellation.Dispose();
        }
    }

    /// <summary>The questions that wait for an answer, in the order asked.</summary>
    public IReadOnlyList<PendingQuestion> Questions()
    {
        lock (_gate)
        {
            return _questions is null ? [] : [.. _questions.Values.Where(q => !q.Answer.IsCompleted)];
        }
    }

    public bool TryAnswerQuestion(string id, McpReply answer)
    {
        PendingQuestion? question;
        lock (_gate)
        {
            question = _questions?.GetValueOrDefault(id);
        }

        return question is not null && question.TryAnswer(answer);
    }

    /// <summary>The scheduler looks at the call now; a later event asks anew.</summary>
    public void BeginAttention() => Volatile.Write(ref _attended, false);

    // The token first, so that a server which waits for an answer sees that it is cancelled, not that it was refused.
    private async Task CancelAsync()
    {
        await _cancellation.CancelAsync();
        FailQuestions("The call was cancelled.");
    }

    private static McpFrame QuestionFrame(PendingQuestion question) => new()
    {
        Kind = McpFrameKind.Question,
        Method = question.Request.Method,
        QuestionId = question.Id,
        Body = question.Request.Params,
    };

    // 2025-11-25 tasks: what is sent of a task is marked, and its progress ends with it.
    private void TellOfTask(McpFrame frame, TaskId task)
    {
        if (frame.Kind == McpFrameKind.Notification && !_cancellation.IsCancellationRequested)
        {
            _host.Tell(this, frame with { Body = RelatedTask.Mark(frame.Body, task) });
        }
    }

    private void Attend()
    {
        if (!Interlocked.Exchange(ref _attended, true))
        {
            _host.Attend(this);
        }
    }

    /// <summary>
    /// Without session the whole request fails, so that its client learns what to declare (2026-07-28 basic); with
    /// one, the server's question does, as the client itself would have answered it.
    /// </summary>
    private McpReply Refused(McpFault refusal)
    {
        if (Request.Session is null)
        {
            FailLater(refusal);
        }

        return McpReply.Error(refusal.ErrorBody());
    }

    private void FailLater(McpFault fault)
    {
        lock (_gate)
        {
            Fault ??= fault;
        }

        Attend();
    }

    private bool TryAddQuestion(InputRequest request, [NotNullWhen(true)] out PendingQuestion? question)
    {
        question = null;
        lock (_gate)
        {
            _questions ??= [];
            if (RunEnded || _cancellation.IsCancellationRequested
                || _questions.Count >= _host.Options.QuestionsPerCallMax)
            {
                return false;
            }

            question = new PendingQuestion($"input_{++_questionsAsked}", request);
            _questions.Add(question.Id, question);
            return true;
        }
    }

    private void RemoveQuestion(string id)
    {
        lock (_gate)
        {
            _questions?.Remove(id);
        }
    }

    private void FailQuestions(string why)
    {
        PendingQuestion[] open;
        lock (_gate)
        {
            open = _questions is null ? [] : [.. _questions.Values];
        }

        foreach (var question in open)
        {
            question.TryAnswer(McpReply.Error(JsonRpcWriter.Error(McpErrorCodes.InternalError, why)));
        }
    }
}
